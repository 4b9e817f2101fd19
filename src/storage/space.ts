import { FileError } from './file-error.ts'
import { type Inode, isFile } from './inode.ts'
import { InodeTable } from './inode-table.ts'

const PAGE = 4096
const NO_INODES = new InodeTable<Inode>()
const pages = (bytes: number) => Math.ceil(bytes / PAGE) * PAGE

/** The space that the files of a file system take, as on a tmpfs with a size. It is counted only where there is a capacity. */
export class Space {
  /** Bytes that fit, in whole pages; `undefined`: as many as one likes. */
  capacity: number | undefined
  /** Pages of files, in bytes; 0 where there is no capacity. */
  used = 0

  /** Counts anew what stands in `table`. */
  recount(table: InodeTable<Inode>): void {
    this.used = 0
    if (this.capacity === undefined) return
    InodeTable.diff(NO_INODES, table, (_ino, _none, inode) => {
      if (inode && isFile(inode)) this.used += pages(inode.size)
    })
  }

  /** A file of `before` bytes shall have `after`; throws ENOSPC where that does not fit. */
  grow(before: number, after: number, name: string): void {
    if (this.capacity === undefined) return
    const used = this.used + pages(after) - pages(before)
    if (used > this.used && used > this.capacity) throw new FileError('ENOSPC', name)
    this.used = used
  }
}
