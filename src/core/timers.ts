import type { Instant } from './instant.ts'
import { Table } from './table.ts'

/** What shall happen, when: the command is dispatched as soon as the clock reaches `at`. */
export interface Timer<Command> {
  readonly key: string
  readonly at: Instant
  readonly command: Command
}

/** A persistent table of timers, one per key, ordered by time and then by key. */
export interface Timers<Command> {
  readonly byKey: Table<Timer<Command>>
  readonly byTime: Table<Timer<Command>>
}

// biome-ignore lint/suspicious/noExplicitAny: the empty table serves every command
export const noTimers: Timers<any> = { byKey: Table.empty, byTime: Table.empty }

/** The events of the slice. Both are silent: they do not show in `GET /events`. */
export interface TimerEvents<Command> {
  /** `due`, since every event gets an `at` of its own: when it happened. */
  'timer.set': { readonly key: string; readonly due: Instant; readonly command: Command }
  'timer.clear': { readonly key: string }
}

const order = (timer: Timer<unknown>) => `${timer.at.toString().padStart(17, '0')} ${timer.key}`

export function setTimer<C>(timers: Timers<C>, timer: Timer<C>): Timers<C> {
  const { byKey, byTime } = clearTimer(timers, timer.key)
  return { byKey: byKey.set(timer.key, timer), byTime: byTime.set(order(timer), timer) }
}

export function clearTimer<C>(timers: Timers<C>, key: string): Timers<C> {
  const timer = timers.byKey.get(key)
  if (!timer) return timers
  return { byKey: timers.byKey.delete(key), byTime: timers.byTime.delete(order(timer)) }
}

export const nextTimer = <C>(timers: Timers<C>): Timer<C> | undefined => timers.byTime.first()
