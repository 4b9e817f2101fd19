import { decodeBytes, encodeBytes } from '../../../text/codec.ts'
import type { Call } from '../../call.ts'
import { loadProgram, reapChild } from '../../exec.ts'
import { takeRecord } from '../record/take.ts'
import { textOfBytes } from './bytes.ts'
import type { Awk, Command, Got } from './state.ts'

const shell = (call: Call<Awk>, line: string) => loadProgram(call, ['sh', '-c', textOfBytes(line)])

/** `command | getline` */
export function nextCommandRecord(call: Call<Awk>, line: string): Got {
  const awk = call.data
  const command = awk.commands.get(line) ?? startCommand(call, line)
  if (!command) return 'error'
  for (;;) {
    const record = takeRecord(awk, command)
    if (record !== undefined) return { record }
    if (command.ended) return 'end'
    if (!readMore(call, command)) return 'waiting'
  }
}

function readMore(call: Call<Awk>, command: Command): boolean {
  const bytes = call.kernel.read(call.process, command.fd)
  if (bytes === null) {
    call.pause({ type: 'read', fd: command.fd })
    return false
  }
  if (bytes.length > 0) command.buffer += decodeBytes(bytes)
  else {
    command.ended = true
    call.kernel.close(call.process, command.fd)
  }
  return true
}

function startCommand(call: Call<Awk>, line: string): Command | undefined {
  const { kernel, process } = call
  const loaded = shell(call, line)
  if (!loaded) return undefined
  const [reading, writing] = kernel.pipe()
  const fd = kernel.addfd(process, reading, 3)
  const fds = [process.fds[0], writing, process.fds[2]]
  const { pid } = kernel.spawn(loaded.program, loaded.argv, process, { fds, path: loaded.path })
  const command: Command = { fd, pid, buffer: '', ended: false, status: undefined }
  call.data.commands.set(line, command)
  return command
}

/** Runs a command line and gives its status; undefined: the step ends with waiting for it. */
export function runCommand(call: Call<Awk>, line: string, input?: string): number | undefined {
  const awk = call.data
  // What was printed before comes first.
  if (call.frame.out.length > 0) {
    call.pause({ type: 'run' })
    return undefined
  }
  awk.child ||= startChild(call, line, input) ?? 0
  if (awk.child === 0) return 127
  const status = reapChild(call, awk.child)
  if (status !== undefined) awk.child = 0
  return status
}

function startChild(call: Call<Awk>, line: string, input: string | undefined): number | undefined {
  const loaded = shell(call, line)
  if (!loaded) return undefined
  const { kernel, process } = call
  const given = { kind: 'text' as const, path: 'pipe', bytes: encodeBytes(input ?? ''), pos: 0, refs: 0 }
  const fds = [input === undefined ? process.fds[0] : given, process.fds[1], process.fds[2]]
  return kernel.spawn(loaded.program, loaded.argv, process, { fds, path: loaded.path }).pid
}
