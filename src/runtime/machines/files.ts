import { MILLISECOND } from '../../core/instant.ts'
import { wallClock } from '../clock.ts'
import type { Outside } from '../conductor.ts'
import type { Wavetank } from '../wavetank.ts'
import type { ForeignFs } from './foreign-mount.ts'
import { ForeignMounts } from './foreign-mounts.ts'
import type { Machines } from './machines.ts'
import { type Views, views } from './views.ts'

/** The files of a tank as its callers have them: as memfs, and in volumes of their own. */
export class Files implements Outside {
  readonly views: Views
  readonly #mounts: ForeignMounts

  constructor(tank: Pick<Wavetank, 'clock' | 'engine'>, machines: () => Machines) {
    const now = () => BigInt(tank.clock.now) * 1000n
    const disk = (name: string) => machines().disk(name)
    const saved = (name: string) => machines().saved(name)
    this.#mounts = new ForeignMounts({ now, wall: () => wallClock() / MILLISECOND, disk, saved })
    this.views = views({
      state: () => tank.engine.store.state,
      now,
      disk: (name) => {
        this.sync()
        return disk(name)
      },
      saved: (name) => {
        saved(name)
        tank.engine.settle()
      },
    })
  }

  mount(disk: string, at: string, fs: ForeignFs): () => void {
    return this.#mounts.add(disk, at, fs)
  }

  sync(): void {
    this.#mounts.sync()
  }

  push(): void {
    this.#mounts.push()
  }
}
