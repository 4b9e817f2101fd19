import type { Instant } from '../core/instant.ts'
import { noTimers, type Timers } from '../core/timers.ts'
import type { HubCommand } from './commands.ts'

/** The whole Hub as persistent data: accounts, repositories, uploads, tokens. */
export interface HubState {
  readonly now: Instant
  readonly timers: Timers<HubCommand>
}

export const emptyHub: HubState = { now: 0, timers: noTimers }
