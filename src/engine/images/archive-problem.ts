import { Problem } from '../../core/problem.ts'
import { ArchiveError } from '../../storage/archive-error.ts'
import { FileError, strerror } from '../../storage/file-error.ts'

/** Runs what reads an archive; what is wrong with it becomes the daemon's refusal. */
export function readingArchive<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof ArchiveError) throw new Problem('System', error.message)
    if (error instanceof FileError)
      throw new Problem('System', `${error.path ?? ''}: ${strerror(error.code).toLowerCase()}`)
    throw error
  }
}

/** The exporter and the loader of the daemon have errors without a kind, whatever was wrong. */
export function withoutKind<T>(work: () => T): T {
  try {
    return work()
  } catch (problem) {
    if (problem instanceof Problem && problem.kind === 'InvalidParameter')
      throw new Problem('System', problem.message.replace(/^invalid JSON: /, ''))
    throw problem
  }
}
