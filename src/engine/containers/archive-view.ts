import type { Instant } from '../../core/instant.ts'
import { FileError, strerror } from '../../storage/file-error.ts'
import { absolutePath } from '../../storage/pack.ts'
import type { EngineState } from '../state.ts'
import type { Container } from './container.ts'
import { lstat, noSuchFile } from './file-errors.ts'
import { type Mounted, mounted } from './mounted.ts'

/** A container's files as `docker cp` sees them: with its volumes, but without what only its processes see. */
export const archiveView = (state: EngineState, container: Container, now: Instant): Mounted =>
  mounted(state, container, now, ({ disk }) => !/^(tmpfs|shm):/.test(disk))

/** Does something with a path of the caller's, and words what is wrong with it as the daemon does. */
export function atPath<T>(ref: string, path: string, look: () => T): T {
  try {
    return look()
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    if (error.code === 'ENOENT') throw noSuchFile(path, ref)
    throw lstat(absolutePath(path), strerror(error.code).toLowerCase())
  }
}
