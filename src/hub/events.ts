import type { Tagged } from '../core/decider.ts'
import type { TimerEvents } from '../core/timers.ts'
import type { HubCommand } from './commands.ts'

/** Every event of the Hub. Those of a domain stand in its own events.ts. */
export type HubEvents = TimerEvents<HubCommand> & {
  /** The clock has come to the event's `at`. */
  'clock.advance': object
}

export type HubEvent = Tagged<HubEvents>
