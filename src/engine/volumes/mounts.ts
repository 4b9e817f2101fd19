import type { Env } from '../../core/env.ts'
import { root } from '../../storage/caller.ts'
import { FileError } from '../../storage/file-error.ts'
import { FileSystem } from '../../storage/file-system.ts'
import { isDirectory } from '../../storage/inode.ts'
import type { Config, HostConfig } from '../containers/config.ts'
import type { Container } from '../containers/container.ts'
import { hostDisk, tmpfsDisk, volumeDisk } from '../disks.ts'
import type { DiskMount } from '../effects.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { invalidMount, refused, sourceMissing } from './errors.ts'
import type { MountPoint } from './mount-point.ts'
import { resolveAll } from './resolve.ts'
import { boundDirectory, usersOf } from './volume.ts'

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
    .map(({ volume, driver, destination, rw, propagation, subpath }): EngineEvent => {
      verifySubpath(state, volume, subpath)
      return { type: 'volume.mount', name: volume, driver, container: container.id, destination, rw, propagation }
    })
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
  throw refused(`cannot access path ${subpath}: lstat ${subpath}: no such file or directory`)
}

/** At exit: `volume.unmount` events. */
export function unmountAll(_state: EngineState, container: Container): readonly EngineEvent[] {
  return container.mounts
    .filter(({ type }) => type === 'volume')
    .map(({ volume, driver }) => ({ type: 'volume.unmount', name: volume, driver, container: container.id }))
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

/** The disks of the container's machine, the root apart. */
export function diskMounts(state: EngineState, { id, mounts, hostConfig }: Container): readonly DiskMount[] {
  const tmpfs = Object.keys(hostConfig.tmpfs ?? {}).map((to) => ({
    disk: tmpfsDisk(id, to),
    from: '/',
    to,
    readOnly: false,
  }))
  return [...mounts.map((mount) => diskMount(state, id, mount)), ...tmpfs]
}

function diskMount({ volumes }: EngineState, container: string, mount: MountPoint): DiskMount {
  const { type, source, destination: to, rw, volume, subpath } = mount
  const base = { to, readOnly: !rw }
  if (type === 'tmpfs') return { ...base, disk: tmpfsDisk(container, to), from: '/' }
  if (type === 'bind') return { ...base, disk: hostDisk, from: source }
  const known = volumes.byName.get(volume)
  const directory = known && boundDirectory(known)
  const from = subpath === '' ? '/' : `/${subpath}`
  const isThere = directory && hasDirectory(new FileSystem(volumes.host), directory)
  return isThere ? { ...base, disk: hostDisk, from: directory } : { ...base, disk: volumeDisk(volume), from }
}

function hasDirectory(files: FileSystem, path: string): boolean {
  const inode = files.lookup(path)
  return inode !== undefined && isDirectory(inode)
}
