import { ArchiveError } from '../../src/storage/archive-error.ts'
import { FileError } from '../../src/storage/file-error.ts'

/** The errno of what a file system refuses; `ok` when it does not. */
export function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof FileError) return error.code
    throw error
  }
  return 'ok'
}

/** The words with which an archive is refused; none when it is not. */
export function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof ArchiveError) return error.message
    throw error
  }
  return ''
}
