import { Problem } from '../../core/problem.ts'

/** The daemon's exact words. moby: daemon/archive_unix.go, daemon/archive.go, daemon/export.go, daemon/top_unix.go */
export const emptyPath = () => new Problem('InvalidParameter', 'bad parameter: pathcannot be empty')
export const noSuchFile = (path: string, ref: string) =>
  new Problem('NotFound', `Could not find the file ${path} in container ${ref}`)
export const notADirectory = () => new Problem('InvalidParameter', 'extraction point is not a directory')
export const readOnlyRoot = () => new Problem('InvalidParameter', 'container rootfs is marked read-only')
export const readOnlyVolume = () => new Problem('InvalidParameter', 'mounted volume is marked read-only')
export const lstat = (path: string, why: string) => new Problem('System', `lstat ${path}: ${why}`)
export const badArchive = (why: string) => new Problem('System', why)
export const cannotExport = (id: string, why: string) =>
  new Problem('Conflict', `You cannot export container ${id} which is ${why}`)
export const restartingAtTop = (id: string) =>
  new Problem('Conflict', `Container ${id} is restarting, wait until the container is running`)
export const psRefused = (why: string) => new Problem('System', why)
export const streamAndOneShot = () => new Problem('InvalidParameter', 'cannot have stream=true and one-shot=true')
