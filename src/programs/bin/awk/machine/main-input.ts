import { FileError } from '../../../../storage/file-error.ts'
import { strerror } from '../../../kernel/errno.ts'
import { decodeBytes } from '../../../text/codec.ts'
import type { Call } from '../../call.ts'
import { unescapeString } from '../lexer/escapes.ts'
import { AwkProblem } from '../problem.ts'
import { takeRecord } from '../record/take.ts'
import { textOfBytes } from './bytes.ts'
import type { ArrayHandle } from './code.ts'
import type { Awk, Got } from './state.ts'
import { input, toNumber, toText } from './values.ts'
import { store } from './variables.ts'

/** The next record of the files that ARGV names, or of standard input. */
export function nextMainRecord(call: Call<Awk>): Got {
  const awk = call.data
  for (;;) {
    if (awk.fd < 0 && !openNext(call)) {
      awk.inputEnded = true
      return 'end'
    }
    const got = nextOfFile(call)
    if (got !== 'end') return got
  }
}

/** For `getline`: the end of a file is an end, though there may be more files. */
export function nextRecordHere(call: Call<Awk>): Got {
  const awk = call.data
  if (awk.fd < 0) {
    if (awk.main.ended && !awk.inputEnded) return 'end'
    if (!openNext(call)) return 'error'
  }
  return nextOfFile(call)
}

function nextOfFile(call: Call<Awk>): Got {
  const awk = call.data
  for (;;) {
    const record = takeRecord(awk, awk.main)
    if (record !== undefined) return { record }
    if (awk.main.ended) {
      skipFile(call)
      return 'end'
    }
    if (!readMore(call)) return 'waiting'
  }
}

function readMore(call: Call<Awk>): boolean {
  const { main, fd } = call.data
  const bytes = attempt(() => call.kernel.read(call.process, fd))
  if (bytes === null) {
    call.pause({ type: 'read', fd })
    return false
  }
  if (bytes.length > 0) main.buffer += decodeBytes(bytes)
  else main.ended = true
  return true
}

/** A directory cannot be read. */
function attempt<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof FileError) throw new AwkProblem(strerror(error.code))
    throw error
  }
}

/** What is left of the file is passed over. */
export function skipFile(call: Call<Awk>): void {
  const awk = call.data
  awk.main.buffer = ''
  awk.main.ended = true
  if (awk.fd > 0) call.kernel.close(call.process, awk.fd)
  awk.fd = -1
}

/** Opens the next file of ARGV; assignments among them are made. */
function openNext(call: Call<Awk>): boolean {
  const awk = call.data
  const argv = awk.arrays.get((awk.globals.get('ARGV') as ArrayHandle).array)!
  while (awk.nextArgument < toNumber(awk.globals.get('ARGC'))) {
    const index = awk.nextArgument++
    const name = toText(argv.get(String(index)), '%.6g')
    const assignment = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(name)
    if (assignment) store(awk, assignment[1]!, -1, input(unescapeString(assignment[2]!)))
    else if (name !== '') {
      awk.globals.set('ARGIND', index)
      return open(call, name)
    }
  }
  return !awk.usedInput && open(call, '-')
}

function open(call: Call<Awk>, name: string): true {
  const awk = call.data
  awk.usedInput = true
  awk.fd = name === '-' ? 0 : openFile(call, textOfBytes(name))
  awk.main.ended = false
  awk.globals.set('FILENAME', name)
  awk.globals.set('FNR', 0)
  return true
}

/** A file that cannot be opened ends the program. */
function openFile(call: Call<Awk>, path: string): number {
  const file = call.attempt(() => call.kernel.open(call.process, path, 'r'))
  if (!file) throw new AwkProblem('')
  return call.kernel.addfd(call.process, file, 3)
}
