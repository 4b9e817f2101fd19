import type { Snapshot } from '../storage/file-system.ts'
import type { EngineCommand } from './commands.ts'
import { currentRoot } from './containers/current-root.ts'
import type { EngineEvent } from './events.ts'
import { rootOf } from './images/layer.ts'
import type { EngineState } from './state.ts'
import { emptyTmpfs, freshTmpfs } from './volumes/tmpfs.ts'

/** Disks are named `container:<id>`, `volume:<name>`, `host`, and those that no state keeps: `tmpfs:…`, `image:…`, `shm:…`. */
export const rootDisk = (container: string): string => `container:${container}`
export const volumeDisk = (name: string): string => `volume:${name}`
export const tmpfsDisk = (container: string, path: string): string => `tmpfs:${container}:${path}`
export const imageDisk = (container: string, path: string): string => `image:${container}:${path}`
export const shmDisk = (container: string): string => `shm:${container}`
export const hostDisk = 'host'

/** What the state says is on a disk, a tmpfs as it is at the start; `undefined` for one that is gone. */
export function diskSnapshot(state: EngineState, disk: string): Snapshot | undefined {
  const [kind, name] = split(disk)
  switch (kind) {
    case 'container':
      return containerRoot(state.containers, name)
    case 'volume':
      return state.volumes.contents.get(name)
    case 'host':
      return state.volumes.host
    case 'image':
      return mountedImage(state, ...split(name))
    case 'shm':
      return emptyTmpfs([], state.now)
    case 'tmpfs':
      return freshTmpfs(state, ...split(name))
    default:
      return undefined
  }
}

function containerRoot(containers: EngineState['containers'], id: string): Snapshot | undefined {
  const container = containers.byId.get(id)
  return container && currentRoot(containers, container)
}

/** What a container begins with where an image is mounted: it writes to a layer of its own. */
function mountedImage({ containers, images }: EngineState, container: string, path: string): Snapshot | undefined {
  const mount = containers.byId.get(container)?.mounts.find(({ destination }) => destination === path)
  const image = mount && images.byId.get(mount.source)
  return image && rootOf(images, image)
}

/** The command that tells the state what programs have made of a disk. */
export function diskWrite(disk: string, snapshot: Snapshot): EngineCommand | undefined {
  const [kind, name] = split(disk)
  switch (kind) {
    case 'container':
      return { type: 'ContainerWrite', id: name, root: snapshot }
    case 'volume':
      return { type: 'VolumeWrite', name, snapshot }
    case 'host':
      return { type: 'HostWrite', snapshot }
    default:
      return undefined
  }
}

/** The event of a caller's having written to a disk. */
export function diskWritten(disk: string, snapshot: Snapshot): EngineEvent | undefined {
  const [kind, name] = split(disk)
  switch (kind) {
    case 'container':
      return { type: 'container.write', id: name, root: snapshot }
    case 'volume':
      return { type: 'volume.write', name, content: snapshot }
    case 'host':
      return { type: 'host.write', content: snapshot }
    default:
      return undefined
  }
}

function split(disk: string): [kind: string, name: string] {
  const colon = disk.indexOf(':')
  return colon < 0 ? [disk, ''] : [disk.slice(0, colon), disk.slice(colon + 1)]
}
