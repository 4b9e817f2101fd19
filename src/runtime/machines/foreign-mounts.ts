import type { DiskHost } from './disk-host.ts'
import { type ForeignFs, ForeignMount } from './foreign-mount.ts'

/** What the mounts of callers' volumes need of the tank. */
export interface MountHost extends DiskHost {
  /** Milliseconds, of the real clock: that of the callers' files. */
  wall(): number
}

/** The volumes of callers that lie under disks of the tank. */
export class ForeignMounts {
  readonly #host: MountHost
  readonly #mounts = new Set<ForeignMount>()

  constructor(host: MountHost) {
    this.#host = host
  }

  /** Gives what takes it off again; what is on the disk then stays there. */
  add(disk: string, at: string, fs: ForeignFs): () => void {
    const mount = new ForeignMount(disk, at, fs)
    this.#mounts.add(mount)
    this.sync()
    return () => this.#mounts.delete(mount)
  }

  /** Both sides get what the other one has changed. */
  sync(): void {
    const { now, wall, disk, saved } = this.#host
    for (const mount of this.#mounts) if (mount.sync(disk(mount.disk), now(), wall())) saved(mount.disk)
  }

  /** Callers get what programs have written. */
  push(): void {
    const { wall, disk } = this.#host
    for (const mount of this.#mounts) mount.push(disk(mount.disk), wall())
  }
}
