import type { Instant } from '../core/instant.ts'
import { root } from '../storage/caller.ts'
import { FileSystem } from '../storage/file-system.ts'
import { makedev, S_IFCHR } from '../storage/inode.ts'

const NODES = [
  ['null', 1, 3],
  ['zero', 1, 5],
  ['full', 1, 7],
  ['random', 1, 8],
  ['urandom', 1, 9],
  ['tty', 5, 0],
] as const

const LINKS = [
  ['core', '/proc/kcore'],
  ['fd', '/proc/self/fd'],
  ['ptmx', 'pts/ptmx'],
  ['stderr', '/proc/self/fd/2'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
] as const

/** What the runtime mounts at /dev: device nodes, links and the directories of other mounts. */
export function deviceFiles(now: Instant): FileSystem {
  const files = new FileSystem()
  const caller = root(BigInt(now) * 1000n, 0)
  for (const [name, major, minor] of NODES) files.mknod(caller, `/${name}`, S_IFCHR | 0o666, makedev(major, minor))
  for (const [name, target] of LINKS) files.symlink(caller, target, `/${name}`)
  files.mkdir(caller, '/mqueue', 0o1777)
  files.mkdir(caller, '/pts', 0o755)
  files.mkdir(caller, '/shm', 0o1777)
  files.mknod(caller, '/pts/0', S_IFCHR | 0o620, makedev(136, 0))
  files.mknod(caller, '/pts/ptmx', S_IFCHR | 0o666, makedev(5, 2))
  return files
}
