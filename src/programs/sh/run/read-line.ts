import { FileError } from '../../../storage/file-error.ts'
import { strerror } from '../../kernel/errno.ts'
import type { Wait } from '../../kernel/program.ts'
import { decode } from '../../text/codec.ts'
import { complain, complainAs } from '../complain.ts'
import { Failure } from '../failure.ts'
import type { ReadFrame } from '../frames.ts'
import type { Session } from '../session.ts'
import { assign, valueFor } from '../variables.ts'
import { pop } from './stack.ts'

const BACKSLASH = 92
const NEWLINE = 10
/** The status of a `read -t` whose time was over. */
const TIMED_OUT = 128 + 14

/** The built-in `read`: byte by byte, so that what comes after the line stays for others. */
export function runRead(session: Session, frame: ReadFrame): Wait | undefined {
  const { kernel, process } = session
  const { fd, until } = frame
  try {
    for (let budget = 4096; budget > 0; budget--) {
      if (frame.bytes.length >= frame.limit) return finish(session, frame, 0)
      const bytes = kernel.read(process, fd, 1)
      if (bytes === null) {
        if (until !== undefined && kernel.now >= until) return finish(session, frame, TIMED_OUT)
        return until === undefined ? { type: 'read', fd } : { type: 'read', fd, until }
      }
      if (bytes.length === 0) return finish(session, frame, 1)
      if (take(frame, bytes[0]!)) return finish(session, frame, 0)
    }
    return { type: 'run' }
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    complainAs(session, `read error: ${strerror(error.code)}`)
    return finish(session, frame, 1)
  }
}

/** True: the line is complete. */
function take(frame: ReadFrame, byte: number): boolean {
  if (frame.escaped) {
    frame.escaped = false
    // A backslash at the end of a line joins it with the next.
    if (byte === NEWLINE) return false
    frame.quoted.push(frame.bytes.length)
  } else if (byte === BACKSLASH && !frame.raw) {
    frame.escaped = true
    return false
  } else if (byte === frame.delimiter) return true
  if (byte !== 0) frame.bytes.push(byte)
  return false
}

function finish(session: Session, frame: ReadFrame, status: number): undefined {
  pop(session)
  session.shell.status = status
  try {
    if (frame.names.length === 0) assign(session.shell, 'REPLY', decode(new Uint8Array(frame.bytes)))
    else distribute(session, frame)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    complain(session, error.words)
    session.shell.status = error.status
  }
}

/** Splits the line at the characters of IFS; the last name takes all that is left. */
function distribute({ shell }: Session, { names, bytes, quoted }: ReadFrame): void {
  const ifs = valueFor(shell, 'IFS') ?? ' \t\n'
  const protectedBytes = new Set(quoted)
  const isBlank = (at: number) => {
    const byte = bytes[at]
    return (
      byte !== undefined &&
      !protectedBytes.has(at) &&
      (byte === 32 || byte === 9 || byte === 10) &&
      ifs.includes(String.fromCharCode(byte))
    )
  }
  const isSeparator = (at: number) => {
    const byte = bytes[at]
    return byte !== undefined && byte < 128 && !protectedBytes.has(at) && ifs.includes(String.fromCharCode(byte))
  }
  const text = (from: number, to: number) => decode(new Uint8Array(bytes.slice(from, to)))
  const skipBlanks = (at: number) => {
    while (isBlank(at)) at++
    return at
  }
  let at = skipBlanks(0)
  for (const [index, name] of names.entries()) {
    let end = at
    while (end < bytes.length && !isSeparator(end)) end++
    let next = skipBlanks(end)
    if (isSeparator(next)) next = skipBlanks(next + 1)
    if (index === names.length - 1 && next < bytes.length) {
      end = bytes.length
      while (end > at && isBlank(end - 1)) end--
    }
    assign(shell, name, text(at, end))
    at = next
  }
}
