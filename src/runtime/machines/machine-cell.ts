import type { Machine } from '../../programs/machine.ts'
import type { FileSystem } from '../../storage/file-system.ts'

/** A machine that several tanks may hold after a fork: whoever wants to step it first takes a copy of its own. */
export class MachineCell {
  readonly #machine: Machine
  /** The file systems that the machine works on: those of the tank that made it. */
  readonly #files: ReadonlyMap<string, FileSystem>
  #holders = 1

  constructor(machine: Machine, files: ReadonlyMap<string, FileSystem>) {
    this.#machine = machine
    this.#files = files
  }

  share(): MachineCell {
    this.#holders++
    return this
  }

  /** The machine as it is now; to look, not to step. */
  get machine(): Machine {
    return this.#machine
  }

  /** A cell that nobody else holds, over the file systems of the tank that asks. */
  own(files: ReadonlyMap<string, FileSystem>): MachineCell {
    if (this.#holders === 1 && this.#files === files) return this
    this.#holders--
    return new MachineCell(this.#machine.clone(files), files)
  }
}
