import { noTimers, type Timers } from '../../core/timers.ts'
import type { NetworkSpec } from '../../engine/effects.ts'
import { Disks } from './disks.ts'
import type { MachineCell } from './machine-cell.ts'
import { Switch } from './switch.ts'

/** A container that runs. */
export interface Running {
  readonly cell: MachineCell
  readonly disks: readonly string[]
  readonly hostname: string
  readonly network: NetworkSpec
}

/** Everything about running programs that a fork takes along. */
export interface MachinesState {
  readonly running: ReadonlyMap<string, Running>
  readonly wakeups: Timers<string>
  readonly disks: Disks
  readonly wires: Switch
  readonly lends: boolean
}

/** The same for another holder: whoever steps a machine first copies it. */
export const shared = (running: ReadonlyMap<string, Running>) =>
  new Map([...running].map(([id, one]) => [id, { ...one, cell: one.cell.share() }]))

export const nothingRuns = (): MachinesState => ({
  running: new Map(),
  wakeups: noTimers,
  disks: new Disks(),
  wires: new Switch(),
  lends: false,
})
