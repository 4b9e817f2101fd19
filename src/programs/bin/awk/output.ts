import { encode } from '../../text/codec.ts'
import type { Call } from '../call.ts'
import { loadProgram, reapChild } from '../exec.ts'
import type { Redirect } from './code.ts'
import { AwkProblem } from './problem.ts'
import type { Awk } from './state.ts'

/** Writes to where `print` was redirected. What is for a command is kept until the command is started: at `close` or at the end. */
export function write(call: Call<Awk>, to: Redirect, target: string, text: string): void {
  const awk = call.data
  if (to === '' || target === '/dev/stdout' || target === '-') return call.out(text)
  if (to === '|') {
    awk.pipes.set(target, (awk.pipes.get(target) ?? '') + text)
    return
  }
  const fd = target === '/dev/stderr' ? 2 : (awk.outputs.get(target) ?? open(call, target, to))
  call.attempt(() => call.kernel.write(call.process, fd, encode(text)))
}

function open(call: Call<Awk>, target: string, to: Redirect): number {
  const file = call.attempt(() => call.kernel.open(call.process, target, to === '>>' ? 'a' : 'w'))
  if (!file) throw new AwkProblem('')
  const fd = call.kernel.addfd(call.process, file, 3)
  call.data.outputs.set(target, fd)
  return fd
}

/** Runs a command line and gives its status; undefined: the step ends with waiting for it. */
export function runCommand(call: Call<Awk>, line: string, input?: string): number | undefined {
  const awk = call.data
  // What was printed before comes first.
  if (call.frame.out.length > 0) {
    call.pause({ type: 'run' })
    return undefined
  }
  if (awk.child === 0) {
    const loaded = loadProgram(call, ['sh', '-c', line])
    if (!loaded) return 127
    const { kernel, process } = call
    const stdin =
      input === undefined
        ? process.fds[0]
        : { kind: 'text' as const, path: 'pipe', bytes: encode(input), pos: 0, refs: 0 }
    awk.child = kernel.spawn(loaded.program, loaded.argv, process, {
      fds: [stdin, process.fds[1], process.fds[2]],
      path: loaded.path,
    }).pid
  }
  const status = reapChild(call, awk.child)
  if (status !== undefined) awk.child = 0
  return status
}

/** `close`: undefined while a command runs. */
export function close(call: Call<Awk>, name: string): number | undefined {
  const awk = call.data
  const input = awk.pipes.get(name)
  if (input !== undefined) {
    const status = runCommand(call, name, input)
    if (status !== undefined) awk.pipes.delete(name)
    return status
  }
  const command = awk.commands.get(name)
  if (command) return closeCommand(call, name, command.pid, command.fd, command.ended)
  const fd = awk.outputs.get(name)
  if (fd !== undefined) {
    call.kernel.close(call.process, fd)
    awk.outputs.delete(name)
    return 0
  }
  return awk.files.delete(name) ? 0 : -1
}

function closeCommand(call: Call<Awk>, name: string, pid: number, fd: number, ended: boolean): number | undefined {
  if (!ended) {
    call.kernel.close(call.process, fd)
    call.data.commands.set(name, { ...call.data.commands.get(name)!, ended: true })
  }
  const status = reapChild(call, pid)
  if (status !== undefined) call.data.commands.delete(name)
  return status
}
