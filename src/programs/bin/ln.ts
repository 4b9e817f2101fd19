import { isDirectory } from '../../storage/inode.ts'
import type { Call } from './call.ts'
import { pairs } from './destination.ts'
import { baseName } from './paths.ts'
import { tool, usage } from './tool.ts'

function link(call: Call<undefined>, from: string, to: string): void {
  const { files, caller, here, there } = call
  const existing = files.lookup(to, there)
  if (existing && call.has('f') && !isDirectory(existing)) files.unlink(caller, to, there)
  call.attempt(
    () => {
      if (call.has('s')) files.symlink(caller, from, to, there)
      else files.link(caller, from, to, here)
    },
    (path, why) => `${path}: ${why}`,
    existing && !call.has('f') ? to : call.has('s') ? to : from,
  )
}

export const ln = tool({
  name: 'ln',
  short: 'sfnbtvS:T',
  long: { symbolic: 's', force: 'f', 'no-dereference': 'n' },
  run(call) {
    const { operands } = call
    if (operands.length === 0) {
      usage(call, 'ln [-sfnbtv] [-S SUF] TARGET... LINK|DIR')
      return 1
    }
    if (operands.length === 1) return link(call, operands[0]!, baseName(operands[0]!))
    const target = operands.at(-1)!
    const isLink = call.has('n') && call.files.lookup(target, call.there)?.target !== ''
    for (const [from, to] of pairs(call, { bare: call.has('T') || isLink }) ?? []) link(call, from, to)
  },
})
