import { detailedChanges } from './changes.ts'
import { type Inode, isDirectory } from './inode.ts'
import type { Snapshot } from './inode-store.ts'
import { InodeTable } from './inode-table.ts'

const NOTHING = new InodeTable<Inode>()

/** Bytes of everything in a tree but its directories, hard links once: `SizeRootFs`. */
export function treeSize({ table }: Snapshot): number {
  let size = 0
  InodeTable.diff(NOTHING, table, (_ino, _none, inode) => {
    if (inode && !isDirectory(inode) && inode.nlink > 0) size += inode.size
  })
  return size
}

/** Bytes of what was added or changed since `base`: `SizeRw`. */
export function changedSize(base: Snapshot, now: Snapshot): number {
  const seen = new Set<number>()
  let size = 0
  for (const { inode } of detailedChanges(base, now)) {
    if (!inode || isDirectory(inode) || seen.has(inode.ino)) continue
    seen.add(inode.ino)
    size += inode.size
  }
  return size
}
