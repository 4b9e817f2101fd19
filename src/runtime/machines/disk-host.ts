import type { FileSystem } from '../../storage/file-system.ts'

/** What whoever shows the tank's disks to its callers needs of it. */
export interface DiskHost {
  /** Nanoseconds since the epoch, in the tank. */
  now(): bigint
  /** The disk as programs see it. */
  disk(name: string): FileSystem
  /** The disk has changed from outside. */
  saved(disk: string): void
}
