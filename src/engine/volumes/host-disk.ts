import { root } from '../../storage/caller.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { S_IFSOCK } from '../../storage/inode.ts'

const DIRECTORIES = ['/etc', '/home', '/mnt', '/opt', '/root', '/run', '/srv', '/usr', '/var/lib/docker', '/var/run']

/** The disk of a host that nobody has put anything on: bind mounts show it. */
export function initialHostDisk(): Snapshot {
  const files = new FileSystem()
  const caller = root(0n)
  for (const path of DIRECTORIES) files.mkdirp(caller, path, 0o755)
  files.mkdir({ ...caller, umask: 0 }, '/tmp', 0o1777)
  // Containers that speak to the daemon (testcontainers' reaper) mount its socket.
  files.mknod(caller, '/var/run/docker.sock', S_IFSOCK | 0o660)
  return files.snapshot()
}
