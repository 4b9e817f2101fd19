import type { Wait } from '../../kernel/program.ts'
import { type Context, Pending } from '../expand/context.ts'
import type { Memo } from '../frames.ts'
import type { Session } from '../session.ts'
import { startCapture } from './capture.ts'
import { failureOf, raiseFailure } from './exit.ts'

/** A result, or what the step ends with instead. */
export type Attempt<T> = { readonly value: T } | { readonly wait: Wait | undefined }

/**
 * Tries an expansion. When it needs the output of a command, that command is started, and the frame comes again; when it fails, the
 * script ends.
 */
export function attempt<T>(session: Session, memo: Memo, expand: (context: Context) => T): Attempt<T> {
  try {
    return { value: expand({ session, memo }) }
  } catch (error) {
    if (error instanceof Pending) return { wait: startCapture(session, error) }
    return { wait: raiseFailure(session, failureOf(error)) }
  }
}
