import type { Instant } from '../../core/instant.ts'
import { rootDisk } from '../../engine/disks.ts'
import type { MachineSpec, NetworkSpec } from '../../engine/effects.ts'
import type { EngineState } from '../../engine/index.ts'
import { deviceFiles } from '../../programs/device-files.ts'
import type { Limits } from '../../programs/kernel/limits.ts'
import { root } from '../../storage/caller.ts'
import { FileSystem } from '../../storage/file-system.ts'
import { isDirectory } from '../../storage/inode.ts'
import { Namespace } from '../../storage/mount-namespace.ts'
import type { Disks } from './disks.ts'
import { NETWORK_FILES, writeNetworkFiles } from './network-files.ts'

/** The file systems of a container as its processes see them, and the disks they are made of. */
export function mountDisks(
  disks: Disks,
  container: string,
  { hostname, mounts, network, readOnlyRoot, sharedMemory }: MachineSpec,
  state: EngineState,
  now: Instant,
): { readonly namespace: Namespace; readonly disks: readonly string[] } {
  const time = BigInt(now) * 1000n
  const own = rootDisk(container)
  const top = disks.open(own, state)
  const namespace = new Namespace(disks.files, own, { readOnly: readOnlyRoot })
  const netName = networkDisk(disks, container, hostname, network, time)
  const net = disks.files.get(netName)!
  for (const name of NETWORK_FILES)
    if (top.lookup(`/etc/${name}`)) namespace.mount(`/etc/${name}`, netName, { ino: net.need(`/${name}`).ino })
  if (top.lookup('/dev')) namespace.mount('/dev', deviceDisk(disks, container, now))
  // Outer mounts come first: /data before /data/cache.
  const shm = top.lookup('/dev') ? sharedMemory : []
  for (const { disk, from, to, readOnly, tmpfs } of [...shm, ...mounts].sort((a, b) => (a.to < b.to ? -1 : 1))) {
    const files = disks.open(disk, state)
    if (tmpfs) files.limit(tmpfs.size)
    const shown = files.need(from)
    makePoint(namespace, disks.files, to, isDirectory(shown), time)
    namespace.mount(to, disk, {
      ino: shown.ino,
      readOnly,
      label: tmpfs && { source: tmpfs.source, options: tmpfs.options, type: 'tmpfs' },
    })
  }
  return {
    namespace,
    disks: [own, netName, `dev:${container}`, ...new Set([...shm, ...mounts].map((mount) => mount.disk))],
  }
}

/** Each container has a /dev of its own. */
function deviceDisk({ files }: Disks, container: string, now: Instant): string {
  const disk = `dev:${container}`
  files.set(disk, deviceFiles(now))
  return disk
}

export const netDisk = (container: string): string => `net:${container}`

/** Who shares the network of another container shares these files too. */
function networkDisk(
  { files }: Disks,
  container: string,
  hostname: string,
  network: NetworkSpec,
  time: bigint,
): string {
  const shared = netDisk(network.stack)
  if (network.stack !== container && files.has(shared)) return shared
  const own = netDisk(container)
  const fresh = new FileSystem()
  files.set(own, fresh)
  writeNetworkFiles(fresh, hostname, network, time)
  return own
}

/** A mount needs something to cover: the daemon makes it in the container's own layer. */
function makePoint(
  namespace: Namespace,
  files: ReadonlyMap<string, FileSystem>,
  path: string,
  directory: boolean,
  time: bigint,
): void {
  let walked = ''
  const names = path.split('/').filter((name) => name !== '')
  for (const [i, name] of names.entries()) {
    walked += `/${name}`
    const { node, parent } = namespace.resolve(walked)
    if (node) continue
    const below = files.get(namespace.mounts()[parent.mount]!.fs)!
    const last = i === names.length - 1
    if (last && !directory) {
      const created = below.create(root(time), parent.ino, name, 0o100755)
      below.adopt(root(time), created.ino, new Uint8Array())
    } else below.create(root(time), parent.ino, name, 0o040755)
  }
}

/** Zero and below are no limit. */
export function limitsOf({ memory, pids }: MachineSpec, { host }: EngineState): Partial<Limits> {
  return { memory: memory > 0 ? memory : host.memory, ...(pids > 0 ? { pids } : {}), cpus: host.cpus }
}
