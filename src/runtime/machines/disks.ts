import { diskSnapshot } from '../../engine/disks.ts'
import type { EngineState } from '../../engine/index.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'

/** The file systems that running programs work on, by disk name; what they make of them goes back into the state. */
export class Disks {
  readonly files: Map<string, FileSystem>
  readonly #known: Map<string, Snapshot>

  constructor(files = new Map<string, FileSystem>(), known = new Map<string, Snapshot>()) {
    this.files = files
    this.#known = known
  }

  /** The disk as the state has it; a disk that the state does not keep (a tmpfs) begins empty. */
  open(disk: string, state: EngineState): FileSystem {
    const open = this.files.get(disk)
    if (open) return open
    const snapshot = diskSnapshot(state, disk)
    const files = new FileSystem(snapshot)
    this.files.set(disk, files)
    if (snapshot) this.#known.set(disk, snapshot)
    return files
  }

  /** A caller has changed the disk in the state: programs shall see it. */
  refresh(disk: string, state: EngineState): void {
    const snapshot = diskSnapshot(state, disk)
    const files = this.files.get(disk)
    if (!snapshot || !files || snapshot === this.#known.get(disk)) return
    files.restore(snapshot)
    this.#known.set(disk, snapshot)
  }

  /** What programs have made of the disk since this was last asked. */
  changed(disk: string): Snapshot | undefined {
    const snapshot = this.files.get(disk)?.snapshot()
    if (!snapshot || snapshot === this.#known.get(disk)) return undefined
    this.#known.set(disk, snapshot)
    return snapshot
  }

  close(disk: string): void {
    this.files.delete(disk)
    this.#known.delete(disk)
  }

  fork(): Disks {
    return new Disks(new Map([...this.files].map(([disk, files]) => [disk, files.fork()])), new Map(this.#known))
  }
}
