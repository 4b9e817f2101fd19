import type { Env } from '../../core/env.ts'
import { root } from '../../storage/caller.ts'
import { FileError } from '../../storage/file-error.ts'
import { FileSystem } from '../../storage/file-system.ts'
import { isDirectory } from '../../storage/inode.ts'
import type { Config, HostConfig } from '../containers/config.ts'
import type { Container } from '../containers/container.ts'
import { hostDisk, imageDisk, tmpfsDisk, volumeDisk } from '../disks.ts'
import type { DiskMount } from '../effects.ts'
import type { EngineEvent } from '../events.ts'
import { rootOf } from '../images/layer.ts'
import type { EngineState } from '../state.ts'
import { invalidMount, refused, sourceMissing } from './errors.ts'
import type { MountPoint } from './mount-point.ts'
import { resolveAll } from './resolve.ts'
import { emptyTmpfs, tmpfsMount, tmpfsOptions } from './tmpfs.ts'
import { isReadOnlyTmpfs } from './tmpfs-options.ts'
import { boundDirectory, mountpoint, tmpfsOf, usersOf } from './volume.ts'

/** At create: resolves Binds, Mounts, Tmpfs, VolumesFrom and the image's Volumes, or refuses; `events` create volumes. */
export function resolveMounts(
  state: EngineState,
  config: Config,
  hostConfig: HostConfig,
  env: Env,
): { readonly mounts: readonly MountPoint[]; readonly events: readonly EngineEvent[] } {
  return resolveAll(state, config, hostConfig, env)
}

/** At start: `volume.mount` events; sources of binds that are missing are made, or refused. */
export function mountAll(state: EngineState, container: Container): readonly EngineEvent[] {
  const mounts = [...container.mounts].sort((a, b) => (a.destination < b.destination ? -1 : 1))
  const host = bindSources(state, mounts)
  const events = mounts
    .filter(({ type }) => type === 'volume')
    .flatMap(({ volume, driver, destination, rw, propagation, subpath }): EngineEvent[] => {
      verifyDevice(state, volume)
      verifySubpath(state, volume, subpath)
      return [
        ...freshMemory(state, container.id, volume),
        { type: 'volume.mount', name: volume, driver, container: container.id, destination, rw, propagation },
      ]
    })
  verifyImages(state, mounts)
  return [...host, ...events]
}

function bindSources({ volumes, now }: EngineState, mounts: readonly MountPoint[]): readonly EngineEvent[] {
  const files = new FileSystem(volumes.host)
  for (const { type, source, mustExist } of mounts) {
    if (type !== 'bind' || files.lookup(source)) continue
    if (mustExist) throw invalidMount('bind', sourceMissing(source))
    try {
      files.mkdirp(root(BigInt(now) * 1000n), source, 0o755)
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      throw refused(`error while creating mount source path '${source}': mkdir ${source}: not a directory`)
    }
  }
  const content = files.snapshot()
  return content === volumes.host ? [] : [{ type: 'host.write', content }]
}

function verifySubpath({ volumes }: EngineState, name: string, subpath: string): void {
  const content = volumes.contents.get(name)
  if (subpath === '' || !content || new FileSystem(content).lookup(`/${subpath}`)) return
  throw noSubpath(subpath)
}

const noSubpath = (subpath: string) =>
  refused(`cannot access path ${subpath}: lstat ${subpath}: no such file or directory`)

/** What the `local` driver cannot mount. moby: volume/local localVolume.mount */
function verifyDevice({ volumes }: EngineState, name: string): void {
  const known = volumes.byName.get(name)
  const device = known && boundDirectory(known)
  if (device === undefined || new FileSystem(volumes.host).lookup(device)) return
  const at = mountpoint(name)
  throw refused(
    `error while mounting volume '${at}': failed to mount local volume: mount ${device}:${at}, flags: 0x1000: no such file or directory`,
    'System',
  )
}

function verifyImages({ images }: EngineState, mounts: readonly MountPoint[]): void {
  for (const { type, source, subpath } of mounts) {
    const image = type === 'image' ? images.byId.get(source) : undefined
    if (image && subpath !== '' && !new FileSystem(rootOf(images, image)).lookup(`/${subpath}`))
      throw noSubpath(subpath)
  }
}

/** A volume in memory is empty when its first user comes, and when its last one has gone. */
function freshMemory(state: EngineState, container: string, name: string): readonly EngineEvent[] {
  const { volumes, containers, now } = state
  const known = volumes.byName.get(name)
  const options = known && tmpfsOf(known)
  const others = usersOf(volumes, name).filter((id) => id !== container)
  if (!options || others.some((id) => containers.byId.get(id)?.flags.running)) return []
  return [{ type: 'volume.write', name, content: emptyTmpfs(options, now) }]
}

/** At exit: `volume.unmount` events. */
export function unmountAll(state: EngineState, container: Container): readonly EngineEvent[] {
  return container.mounts
    .filter(({ type }) => type === 'volume')
    .flatMap(({ volume, driver }): EngineEvent[] => [
      { type: 'volume.unmount', name: volume, driver, container: container.id },
      ...freshMemory(state, container.id, volume),
    ])
}

/** At `rm -v`: `volume.destroy` events of the container's anonymous volumes that nobody else uses. */
export function removeAnonymous({ volumes }: EngineState, container: Container): readonly EngineEvent[] {
  const names = container.mounts.flatMap(({ anonymous, volume }) => (anonymous ? [volume] : []))
  return [...new Set(names)].flatMap((name): EngineEvent[] => {
    const volume = volumes.byName.get(name)
    const free = usersOf(volumes, name).every((user) => user === container.id)
    return volume && free ? [{ type: 'volume.destroy', name, driver: volume.driver }] : []
  })
}

const TMPFS = ['noexec', 'nosuid', 'nodev']

/** The disks of the container's machine, the root apart. */
export function diskMounts(state: EngineState, { id, mounts, hostConfig }: Container): readonly DiskMount[] {
  const tmpfs = Object.keys(hostConfig.tmpfs ?? {}).map((to) => tmpfsDiskMount(state, id, hostConfig, to, true))
  return [...mounts.map((mount) => diskMount(state, id, hostConfig, mount)), ...tmpfs]
}

function tmpfsDiskMount(
  { host }: EngineState,
  container: string,
  hostConfig: HostConfig,
  to: string,
  rw: boolean,
): DiskMount {
  const options = tmpfsOptions(hostConfig, to)
  return {
    disk: tmpfsDisk(container, to),
    from: '/',
    to,
    readOnly: !rw || isReadOnlyTmpfs(options),
    tmpfs: tmpfsMount(options, TMPFS, host.memory),
  }
}

function diskMount(state: EngineState, container: string, hostConfig: HostConfig, mount: MountPoint): DiskMount {
  const { volumes, host } = state
  const { type, source, destination: to, rw, volume, subpath } = mount
  const base = { to, readOnly: !rw }
  const from = subpath === '' ? '/' : `/${subpath}`
  if (type === 'tmpfs') return tmpfsDiskMount(state, container, hostConfig, to, rw)
  if (type === 'image') return { ...base, disk: imageDisk(container, to), from }
  if (type === 'bind') return { ...base, disk: hostDisk, from: source }
  const known = volumes.byName.get(volume)
  const directory = known && boundDirectory(known)
  const options = known && tmpfsOf(known)
  const tmpfs = options ? tmpfsMount(options, [], host.memory) : undefined
  const isThere = directory && hasDirectory(new FileSystem(volumes.host), directory)
  return isThere ? { ...base, disk: hostDisk, from: directory } : { ...base, disk: volumeDisk(volume), from, tmpfs }
}

function hasDirectory(files: FileSystem, path: string): boolean {
  const inode = files.lookup(path)
  return inode !== undefined && isDirectory(inode)
}
