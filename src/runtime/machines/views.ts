import { find as findContainer } from '../../engine/containers/find.ts'
import { rootDisk } from '../../engine/disks.ts'
import { find as findImage } from '../../engine/images/find.ts'
import { rootOf } from '../../engine/images/layer.ts'
import type { EngineState } from '../../engine/index.ts'
import { FileSystem } from '../../storage/file-system.ts'
import { type MemfsFs, memfsView } from '../../storage/memfs-view.ts'
import type { DiskHost } from './disk-host.ts'

/** What the views need of the tank. */
export interface ViewHost extends DiskHost {
  state(): EngineState
}

/** Files of the world as memfs: what is written here programs see at once, and the other way round. */
export interface Views {
  /** By id, name or the beginning of an id; throws the Problem of one that is not there. */
  container(ref: string): { readonly id: string; readonly fs: MemfsFs }
  volume(name: string): { readonly fs: MemfsFs }
  /** Read only: images never change. */
  image(ref: string): { readonly id: string; readonly fs: MemfsFs }
  /** The disk of the machine that the daemon believes to run on: where bind mounts come from. */
  readonly host: MemfsFs
}

export function views(host: ViewHost): Views {
  const disk = (name: string): MemfsFs =>
    memfsView(() => host.disk(name), { now: host.now, onWrite: () => host.saved(name) })
  let hostDisk: MemfsFs | undefined
  return {
    container(ref) {
      const { id } = findContainer(host.state(), ref)
      return { id, fs: disk(rootDisk(id)) }
    },
    volume: (name) => ({ fs: disk(`volume:${name}`) }),
    image(ref) {
      const { images } = host.state()
      const image = findImage(images, ref)
      return { id: image.id, fs: memfsView(new FileSystem(rootOf(images, image)), { now: host.now, readOnly: true }) }
    },
    get host() {
      hostDisk ??= disk('host')
      return hostDisk
    },
  }
}
