import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { isFile, ROOT } from '../../storage/inode.ts'

/** Bytes of all files, each counted once. moby: daemon/internal/directory Size */
export function contentBytes(snapshot: Snapshot | undefined): number {
  if (!snapshot) return 0
  const files = new FileSystem(snapshot)
  const seen = new Set<number>()
  const pending = [ROOT]
  let bytes = 0
  for (let ino = pending.pop(); ino !== undefined; ino = pending.pop()) {
    if (seen.has(ino)) continue
    seen.add(ino)
    const inode = files.inode(ino)
    if (isFile(inode)) bytes += inode.size
    pending.push(...(inode.entries?.values() ?? []))
  }
  return bytes
}
