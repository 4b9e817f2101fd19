import { FileError } from '../../../storage/file-error.ts'
import { strerror } from '../../kernel/errno.ts'
import { encode } from '../../text/codec.ts'
import { complainAs } from '../complain.ts'
import { push } from '../run/stack.ts'
import type { Session } from '../session.ts'

/** Writes to standard output; false: it could not. What does not fit into a pipe now is written by a frame of its own. */
export function print(session: Session, text: string, quiet = false): boolean {
  const { kernel, process, shell } = session
  const bytes = encode(text)
  if (bytes.length === 0) return true
  try {
    const taken = kernel.write(process, 1, bytes)
    if (taken < 0) throw new FileError('EPIPE')
    if (taken < bytes.length) push(shell, { type: 'flush', bytes: bytes.subarray(taken) })
    return true
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    if (!quiet && !process.dead) complainAs(session, `write error: ${strerror(error.code)}`)
    return false
  }
}

/** The status of a built-in that only prints. */
export const printed = (session: Session, text: string): number => (print(session, text, true) ? 0 : 1)
