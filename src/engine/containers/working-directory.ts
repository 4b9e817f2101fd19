import type { Instant } from '../../core/instant.ts'
import { Problem } from '../../core/problem.ts'
import { root } from '../../storage/caller.ts'
import { FileError } from '../../storage/file-error.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'

/** The root with the working directory made where it is missing. moby: Container.SetupWorkingDirectory */
export function withWorkingDirectory(snapshot: Snapshot, path: string, now: Instant): Snapshot {
  if (path === '' || path === '/') return snapshot
  const files = new FileSystem(snapshot)
  try {
    files.mkdirp(root(BigInt(now) * 1000n), path, 0o755)
    return files.snapshot()
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new Problem('System', `Cannot mkdir: ${path} is not a directory`)
  }
}
