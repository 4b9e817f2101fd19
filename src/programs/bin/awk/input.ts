import { decode } from '../../text/codec.ts'
import type { Call } from '../call.ts'
import { loadProgram } from '../exec.ts'
import type { ArrayHandle } from './code.ts'
import { AwkProblem } from './problem.ts'
import { takeRecord } from './record.ts'
import type { Awk, Command } from './state.ts'
import { unescapeString } from './tokens.ts'
import { input, toNumber, toText } from './values.ts'

/** A record, that there is none left, that there was an error, or that the step ends with waiting. */
export type Got = { readonly record: string } | 'end' | 'error' | 'waiting'

const GOT_END = 'end'

/** The next record of the main input: the files that ARGV names, or standard input. */
export function nextMainRecord(call: Call<Awk>): Got {
  const awk = call.data
  for (;;) {
    const record = takeRecord(awk, awk.main)
    if (record !== undefined) return { record }
    if (awk.fd < 0 && !openNext(call)) return GOT_END
    const bytes = call.kernel.read(call.process, awk.fd)
    if (bytes === null) {
      call.pause({ type: 'read', fd: awk.fd })
      return 'waiting'
    }
    if (bytes.length > 0) awk.main.buffer += decode(bytes)
    else {
      awk.main.ended = true
      const last = takeRecord(awk, awk.main)
      if (awk.fd > 0) call.kernel.close(call.process, awk.fd)
      awk.fd = -1
      if (last !== undefined) return { record: last }
    }
  }
}

/** Opens the next file of ARGV; assignments among them are made. */
function openNext(call: Call<Awk>): boolean {
  const awk = call.data
  const argv = awk.arrays.get((awk.globals.get('ARGV') as ArrayHandle).array)!
  while (awk.nextArgument < toNumber(awk.globals.get('ARGC'))) {
    const name = toText(argv.get(String(awk.nextArgument++)), '%.6g')
    const assignment = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(name)
    if (assignment) awk.globals.set(assignment[1]!, input(unescapeString(assignment[2]!)))
    else if (name !== '' && open(call, name)) return true
  }
  if (awk.usedInput) return false
  return open(call, '-')
}

function open(call: Call<Awk>, name: string): boolean {
  const awk = call.data
  awk.usedInput = true
  if (name === '-') awk.fd = 0
  else {
    const file = call.attempt(() => call.kernel.open(call.process, name, 'r'))
    // A file that cannot be opened ends the program.
    if (!file) throw new AwkProblem('')
    awk.fd = call.kernel.addfd(call.process, file, 3)
  }
  awk.main.ended = false
  awk.globals.set('FILENAME', name === '-' ? '' : name)
  awk.globals.set('FNR', 0)
  return true
}

/** `getline < file` */
export function nextFileRecord(call: Call<Awk>, name: string): Got {
  const awk = call.data
  let reader = awk.files.get(name)
  if (!reader) {
    try {
      reader = { buffer: readWhole(call, name), ended: true }
    } catch {
      return 'error'
    }
    awk.files.set(name, reader)
  }
  const record = takeRecord(awk, reader)
  return record === undefined ? GOT_END : { record }
}

function readWhole(call: Call<Awk>, name: string): string {
  if (!/^(-|\/dev\/|\/proc\/)/.test(name)) return decode(call.files.readFile(call.caller, name, call.here))
  const { kernel, process } = call
  const fd = name === '-' ? 0 : kernel.addfd(process, kernel.open(process, name, 'r'), 3)
  let text = ''
  for (let bytes = kernel.read(process, fd); bytes && bytes.length > 0; bytes = kernel.read(process, fd))
    text += decode(bytes)
  if (fd > 0) kernel.close(process, fd)
  return text
}

/** `command | getline` */
export function nextCommandRecord(call: Call<Awk>, line: string): Got {
  const awk = call.data
  const command = awk.commands.get(line) ?? startCommand(call, line)
  if (!command) return 'error'
  const record = takeRecord(awk, command)
  if (record !== undefined) return { record }
  if (command.ended) return GOT_END
  return fill(call, command) ? nextCommandRecord(call, line) : 'waiting'
}

function fill(call: Call<Awk>, command: Command): boolean {
  const bytes = call.kernel.read(call.process, command.fd)
  if (bytes === null) {
    call.pause({ type: 'read', fd: command.fd })
    return false
  }
  if (bytes.length > 0) command.buffer += decode(bytes)
  else {
    command.ended = true
    call.kernel.close(call.process, command.fd)
  }
  return true
}

function startCommand(call: Call<Awk>, line: string): Command | undefined {
  const { kernel, process } = call
  const loaded = loadProgram(call, ['sh', '-c', line])
  if (!loaded) return undefined
  const [reading, writing] = kernel.pipe()
  const fd = kernel.addfd(process, reading, 3)
  const fds = [process.fds[0], writing, process.fds[2]]
  const { pid } = kernel.spawn(loaded.program, loaded.argv, process, { fds, path: loaded.path })
  const command: Command = { fd, pid, buffer: '', ended: false, status: undefined }
  call.data.commands.set(line, command)
  return command
}
