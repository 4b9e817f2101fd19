import { joinBytes } from '../../../storage/join-bytes.ts'
import { RUN, type Wait } from '../../kernel/program.ts'
import { decode } from '../../text/codec.ts'
import type { Pending } from '../expand/context.ts'
import type { CaptureFrame, Memo } from '../frames.ts'
import { collect, isDone, job, statusOf } from '../jobs.ts'
import type { Session } from '../session.ts'
import { failureOf, raiseFailure } from './exit.ts'
import { forkShell, inherited, OWN_DESCRIPTORS } from './fork.ts'
import { source } from './source.ts'
import { pop, push } from './stack.ts'

/** Starts the command of a substitution; what it writes is collected. */
export function startCapture(session: Session, { part, source: text, fresh }: Pending): Wait | undefined {
  const { kernel, process, shell } = session
  try {
    const [reading, writing] = kernel.pipe()
    const fd = kernel.addfd(process, reading, OWN_DESCRIPTORS)
    const fds = inherited(process)
    fds[1] = writing
    const frames = [source(text, shell.line, { aliases: fresh, last: true, lenient: true })]
    const child = forkShell(session, frames, { fds, tested: false, errexit: false })
    push(shell, { type: 'capture', fd, job: job([child.pid], '', false), part, chunks: [], ended: false })
    return undefined
  } catch (error) {
    return raiseFailure(session, failureOf(error))
  }
}

export function runCapture(session: Session, frame: CaptureFrame): Wait | undefined {
  const { kernel, process, shell } = session
  while (!frame.ended) {
    const bytes = kernel.read(process, frame.fd)
    if (bytes === null) return { type: 'read', fd: frame.fd }
    if (bytes.length > 0) {
      frame.chunks.push(bytes)
      shell.held += bytes.length
      // So much is a step's work; and it is time to look at the memory limit.
      if (frame.chunks.length % 64 === 0) return RUN
    } else {
      kernel.close(process, frame.fd)
      frame.ended = true
    }
  }
  collect(session, frame.job)
  if (!isDone(frame.job)) return { type: 'child', pid: -1 }
  pop(session)
  const asked = shell.frames.at(-1)
  if (!asked || !('memo' in asked)) return undefined
  const memo: Memo = asked.memo
  memo.status = statusOf(frame.job)
  memo.results ??= new Map()
  memo.results.set(frame.part, outputOf(frame.chunks))
  return undefined
}

/** Without null bytes, which no variable can hold, and without the newlines at the end. */
function outputOf(chunks: readonly Uint8Array[]): string {
  const text = decode(joinBytes(chunks)).replaceAll('\0', '')
  let end = text.length
  while (text[end - 1] === '\n') end--
  return text.slice(0, end)
}
