import type { Instant } from '../../core/instant.ts'
import { root } from '../../storage/caller.ts'
import { FileError } from '../../storage/file-error.ts'
import { FileSystem } from '../../storage/file-system.ts'
import { isDirectory } from '../../storage/inode.ts'
import { Namespace } from '../../storage/mount-namespace.ts'
import { diskSnapshot, rootDisk } from '../disks.ts'
import type { DiskMount } from '../effects.ts'
import type { EngineState } from '../state.ts'
import { diskMounts } from '../volumes/mounts.ts'
import type { Container } from './container.ts'

/** A container's file systems, opened for one decision: the state keeps only snapshots. */
export interface Mounted {
  readonly namespace: Namespace
  /** By disk name. */
  readonly files: ReadonlyMap<string, FileSystem>
}

/** The root of a container with its volumes in their places. */
export function mounted(
  state: EngineState,
  container: Container,
  now: Instant,
  shows: (mount: DiskMount) => boolean = () => true,
): Mounted {
  const files = new Map<string, FileSystem>()
  const open = (disk: string) => {
    const fs = files.get(disk) ?? new FileSystem(diskSnapshot(state, disk))
    files.set(disk, fs)
    return fs
  }
  open(rootDisk(container.id))
  const namespace = new Namespace(files, rootDisk(container.id), { readOnly: container.hostConfig.readonlyRootfs })
  // Outer mounts come first: /data before /data/cache.
  const mounts = diskMounts(state, container)
    .filter(shows)
    .sort((a, b) => (a.to < b.to ? -1 : 1))
  for (const mount of mounts) hang(namespace, open(mount.disk), mount, now)
  return { namespace, files }
}

function hang(namespace: Namespace, fs: FileSystem, { disk, from, to, readOnly }: DiskMount, now: Instant): void {
  const shown = fs.lookup(from)
  if (!shown) return
  const caller = root(BigInt(now) * 1000n)
  try {
    let walked = ''
    const names = to.split('/').filter((name) => name !== '')
    for (const [i, name] of names.entries()) {
      walked += `/${name}`
      const { node, parent } = namespace.resolve(walked)
      if (node) continue
      const below = namespace.fsOf(parent)
      const directory = i < names.length - 1 || isDirectory(shown)
      below.create(caller, parent.ino, name, directory ? 0o040755 : 0o100755)
    }
    namespace.mount(to, disk, { ino: shown.ino, readOnly })
  } catch (error) {
    // What cannot be mounted fails the start, not a look at the files.
    if (!(error instanceof FileError)) throw error
  }
}
