import type { Tagged } from '../core/decider.ts'
import type { TimerEvents } from '../core/timers.ts'
import type { BuildEvents } from './build/events.ts'
import type { EngineCommand } from './commands.ts'
import type { ContainerEvents } from './containers/events.ts'
import type { DistributionEvents } from './distribution/events.ts'
import type { ExecEvents } from './exec/events.ts'
import type { ImageEvents } from './images/events.ts'
import type { NetworkEvents } from './networks/events.ts'
import type { VolumeEvents } from './volumes/events.ts'

/** Every event of the engine. Those of a domain stand in its own events.ts. */
export type EngineEvents = BuildEvents &
  ContainerEvents &
  DistributionEvents &
  ExecEvents &
  ImageEvents &
  NetworkEvents &
  VolumeEvents &
  TimerEvents<EngineCommand> & {
    /** Silent: the clock has come to the event's `at`. */
    'clock.advance': object
  }

export type EngineEvent = Tagged<EngineEvents>
