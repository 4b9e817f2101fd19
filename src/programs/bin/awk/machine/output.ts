import { encodeBytes } from '../../../text/codec.ts'
import type { Call } from '../../call.ts'
import { flush } from '../../tool.ts'
import type { Redirect } from '../grammar/tree.ts'
import { AwkProblem } from '../problem.ts'
import { textOfBytes } from './bytes.ts'
import type { Awk } from './state.ts'

/** Writes to where `print` was redirected. What is for a command is kept until the command is started: at `close` or at the end. */
export function write(call: Call<Awk>, to: Redirect, target: string, text: string): void {
  const { pipes } = call.data
  const bytes = encodeBytes(text)
  if (to === '' || (to !== '|' && target === '/dev/stdout')) call.out(bytes)
  else if (to === '|') pipes.set(target, (pipes.get(target) ?? '') + text)
  else writeFile(call, target === '/dev/stderr' ? 2 : descriptor(call, target, to), bytes)
}

function writeFile(call: Call<Awk>, fd: number, bytes: Uint8Array): void {
  // Standard output may be the same file: what was printed before comes first.
  flush(call.kernel, call.process, call.frame)
  call.attempt(() => call.kernel.write(call.process, fd, bytes))
}

function descriptor(call: Call<Awk>, target: string, to: Redirect): number {
  const { outputs } = call.data
  const known = outputs.get(target)
  if (known !== undefined) return known
  const file = call.attempt(
    () => call.kernel.open(call.process, textOfBytes(target), to === '>>' ? 'a' : 'w'),
    (path, why) => `can't open '${path}': ${why}`,
  )
  if (!file) throw new AwkProblem('')
  const fd = call.kernel.addfd(call.process, file, 3)
  outputs.set(target, fd)
  return fd
}
