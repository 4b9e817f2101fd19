import { FileError } from '../../../storage/file-error.ts'
import { strerror } from '../../kernel/errno.ts'
import type { Wait } from '../../kernel/program.ts'
import { runBuiltin } from '../builtins/index.ts'
import { runAwait } from '../builtins/wait.ts'
import { complain, complainAs } from '../complain.ts'
import type { FlushFrame, Frame, RefusalFrame } from '../frames.ts'
import type { Session } from '../session.ts'
import { runCall } from './call.ts'
import { runCapture } from './capture.ts'
import { runAndOr, runCase, runFor, runIf, runList, runLoop, runTested } from './compound.ts'
import { exitShell } from './exit.ts'
import { runWait } from './foreground.ts'
import { runInput } from './input.ts'
import { runPipeline } from './pipeline.ts'
import { runRead } from './read-line.ts'
import { runRedirected } from './redirected.ts'
import { runSimple } from './simple.ts'
import { runSource } from './source.ts'
import { pop } from './stack.ts'

/** Does what the frame on top says: one small piece of work. */
export function runFrame(session: Session, frame: Frame): Wait | undefined {
  switch (frame.type) {
    case 'source':
      return runSource(session, frame)
    case 'input':
      return runInput(session, frame)
    case 'list':
      return runList(session, frame)
    case 'simple':
      return runSimple(session, frame)
    case 'and-or':
      return runAndOr(session, frame)
    case 'pipeline':
      return runPipeline(session, frame)
    case 'if':
      return runIf(session, frame)
    case 'loop':
      return runLoop(session, frame)
    case 'for':
      return runFor(session, frame)
    case 'case':
      return runCase(session, frame)
    case 'redirected':
      return runRedirected(session, frame)
    case 'tested':
      return runTested(session, frame)
    case 'wait':
      return runWait(session, frame)
    case 'attend':
      return runAwait(session, frame)
    case 'capture':
      return runCapture(session, frame)
    case 'read':
      return runRead(session, frame)
    case 'flush':
      return runFlush(session, frame)
    case 'call':
      return runCall(session, frame)
    case 'builtin':
      return runBuiltin(session, frame)
    case 'restore':
    case 'variables':
    case 'dot':
      pop(session)
      return undefined
    case 'trap':
      pop(session)
      session.shell.status = frame.status
      return undefined
    case 'refusal':
      return refuse(session, frame)
    case 'exit':
      return exitShell(session, frame.status)
  }
}

function runFlush(session: Session, frame: FlushFrame): Wait | undefined {
  const { shell } = session
  const taken = written(session, frame.bytes)
  if (taken === 0) return { type: 'write', fd: 1 }
  if (taken > 0 && taken < frame.bytes.length) {
    frame.bytes = frame.bytes.subarray(taken)
    return undefined
  }
  pop(session)
  if (taken < 0) shell.status = 1
  return undefined
}

/** A disk that became full is told once. */
function written(session: Session, bytes: Uint8Array): number {
  try {
    return session.kernel.write(session.process, 1, bytes)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    complainAs(session, `write error: ${strerror(error.code)}`)
    return -1
  }
}

function refuse(session: Session, { words, status }: RefusalFrame): Wait {
  complain(session, words)
  return { type: 'exit', code: status }
}
