import { FileError } from '../../../storage/file-error.ts'
import type { Wait } from '../../kernel/program.ts'
import { decode } from '../../text/codec.ts'
import { complain, sayError } from '../complain.ts'
import { Failure } from '../failure.ts'
import type { InputFrame } from '../frames.ts'
import { collect, describe, dismiss, isDone } from '../jobs.ts'
import { promptText } from '../prompt.ts'
import { readPiece } from '../read/index.ts'
import { newlines } from '../read/reader.ts'
import type { Session } from '../session.ts'
import { exitShell, raiseFailure } from './exit.ts'
import { treeOf } from './source.ts'
import { push } from './stack.ts'

/** ash reads its standard input by so much; what it took, the commands it runs do not get. */
const CHUNK = 1023
const NO_WHERE = /^[ \t]*$/

/** Commands from standard input, each executed as soon as it is complete. */
export function runInput(session: Session, frame: InputFrame): Wait | undefined {
  if (frame.text !== '' || frame.ended) {
    const done = tryPiece(session, frame)
    if (done !== 'more') return done
  }
  prompt(session, frame)
  return readMore(session, frame)
}

function tryPiece(session: Session, frame: InputFrame): Wait | undefined | 'more' {
  const { shell } = session
  if (!frame.ended && NO_WHERE.test(frame.text)) return 'more'
  const piece = readPiece(frame.text, 0, shell.aliases)
  if (piece.type !== 'end' && piece.more && !frame.ended) return 'more'
  if (piece.type === 'end') return frame.ended ? endOfInput(session, frame) : 'more'
  frame.prompted = false
  if (piece.type === 'error') {
    shell.line = frame.line + piece.line
    discard(frame, shell.interactive)
    return raiseFailure(session, new Failure(`syntax error: ${piece.words}`))
  }
  const read = piece.text.slice(0, piece.pos)
  if (shell.options.v) sayError(session, read)
  const tree = treeOf(piece.code, frame.line)
  frame.line += newlines(read, read.length)
  frame.text = piece.text.slice(piece.pos)
  if (!shell.options.n) push(shell, { type: 'list', list: tree, next: 0 })
  return undefined
}

/** After an error at the prompt, what was typed so far counts no more. */
function discard(frame: InputFrame, interactive: boolean): void {
  if (interactive) frame.text = ''
}

function endOfInput(session: Session, frame: InputFrame): Wait | undefined {
  const { shell } = session
  if (shell.interactive && shell.options.I) {
    frame.ended = false
    frame.prompted = false
    sayError(session, `\nUse "exit" to leave shell.\n`)
    return undefined
  }
  if (shell.interactive) sayError(session, '\n')
  return exitShell(session, shell.status)
}

function prompt(session: Session, frame: InputFrame): void {
  const { shell } = session
  if (!shell.interactive || frame.prompted) return
  if (frame.text === '') announce(session)
  frame.prompted = true
  sayError(session, promptText(session, promptOf(frame)))
  const tty = terminalOf(session)
  // busybox: ask_terminal, FEATURE_EDITING_ASK_TERMINAL
  if (shell.asksCursor && tty && tty.queue.length === 0 && tty.line.length === 0) sayError(session, '\x1b[6n')
}

const promptOf = ({ text }: InputFrame) => (text === '' ? 'PS1' : 'PS2')

function terminalOf({ process }: Session) {
  const input = process.fds[0]
  return input?.kind === 'tty' ? input.tty : undefined
}

/** The terminal has another size: the line that is being typed is shown anew. busybox: win_changed */
export function redraw(session: Session): void {
  const frame = session.shell.frames.at(-1)
  const tty = terminalOf(session)
  if (frame?.type !== 'input' || !frame.prompted || !tty) return
  sayError(session, `\r${promptText(session, promptOf(frame))}\x1b[J${decode(new Uint8Array(tty.line))}`)
}

/** Tells of jobs that ended or stopped since the last prompt. */
function announce(session: Session): void {
  const { shell } = session
  collect(session)
  for (const job of [...shell.jobs]) {
    if (!job.changed) continue
    job.changed = false
    sayError(session, `${describe(shell, job)}\n`)
    if (isDone(job)) dismiss(shell, job)
  }
}

function readMore(session: Session, frame: InputFrame): Wait | undefined {
  const { kernel, process, shell } = session
  try {
    // What is incomplete is read anew with all that comes: larger bites keep that linear.
    const bytes = kernel.read(process, 0, Math.max(CHUNK, frame.text.length))
    if (bytes === null) return { type: 'read', fd: 0 }
    frame.prompted = false
    if (bytes.length === 0) frame.ended = true
    else frame.text += decode(bytes)
    return undefined
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    if (shell.interactive) complain(session, `read error: ${error.code}`)
    frame.ended = true
    return undefined
  }
}
