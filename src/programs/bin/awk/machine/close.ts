import type { Call } from '../../call.ts'
import { reapChild } from '../../exec.ts'
import { runCommand } from './command.ts'
import type { Awk } from './state.ts'

/** `close`: what wait(2) gives for a command, 0 for all else. Undefined: a command still runs. */
export function close(call: Call<Awk>, name: string): number | undefined {
  const awk = call.data
  if (awk.pipes.has(name)) return waitStatus(closePipe(call, name))
  if (awk.commands.has(name)) return waitStatus(closeCommand(call, name))
  const fd = awk.outputs.get(name)
  if (fd !== undefined) call.kernel.close(call.process, fd)
  awk.outputs.delete(name)
  awk.files.delete(name)
  return 0
}

const waitStatus = (code: number | undefined) => code && code * 256

function closePipe(call: Call<Awk>, name: string): number | undefined {
  const { pipes } = call.data
  const status = runCommand(call, name, pipes.get(name))
  if (status !== undefined) pipes.delete(name)
  return status
}

function closeCommand(call: Call<Awk>, name: string): number | undefined {
  const { commands } = call.data
  const command = commands.get(name)!
  if (!command.ended) {
    call.kernel.close(call.process, command.fd)
    command.ended = true
  }
  const status = reapChild(call, command.pid)
  if (status !== undefined) commands.delete(name)
  return status
}
