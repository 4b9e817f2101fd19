import { root } from '../../storage/caller.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { isDirectory } from '../../storage/inode.ts'

/** What the daemon puts between the image and the container's own layer. moby: daemon/initlayer/setup_unix.go */
const ENTRIES: Readonly<Record<string, 'directory' | 'file' | { readonly link: string }>> = {
  '/dev/pts': 'directory',
  '/dev/shm': 'directory',
  '/proc': 'directory',
  '/sys': 'directory',
  '/.dockerenv': 'file',
  '/etc/resolv.conf': 'file',
  '/etc/hosts': 'file',
  '/etc/hostname': 'file',
  '/dev/console': 'file',
  '/etc/mtab': { link: '/proc/mounts' },
}

const known = new WeakMap<Snapshot, Snapshot>()

/** The root file system of a new container of an image. It never shows in `changes`, and one image gives one. */
export function withInitLayer(image: Snapshot): Snapshot {
  const made = known.get(image)
  if (made) return made
  const files = new FileSystem(image)
  const caller = root((files.lookup('/etc') ?? files.need('/')).mtime, 0)
  for (const [path, entry] of Object.entries(ENTRIES)) {
    const parent = path.slice(0, path.lastIndexOf('/'))
    const above = files.lookup(parent || '/')
    if (above ? !isDirectory(above) : false) continue
    if (!above) files.mkdirp(caller, parent, 0o755)
    if (files.lookup(path, { follow: false })) continue
    if (entry === 'directory') files.mkdir(caller, path, 0o755)
    else if (entry === 'file') files.writeFile(caller, path, '', 0o755)
    else files.symlink(caller, entry.link, path)
  }
  const snapshot = files.snapshot()
  known.set(image, snapshot)
  return snapshot
}

let empty: Snapshot | undefined

/** Of a container without an image. */
export function emptyRoot(): Snapshot {
  empty ??= withInitLayer(new FileSystem().snapshot())
  return empty
}
