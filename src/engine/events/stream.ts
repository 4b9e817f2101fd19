import { type Instant, SECOND } from '../../core/instant.ts'
import type { Filters } from '../../http/filters.ts'
import type { Follow, Step } from '../../http/follow.ts'
import { jsonBody } from '../../http/json-lines.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { type Message, messages } from './event-log.ts'
import { included } from './filter.ts'
import { message } from './wire/message.ts'

export interface EventsQuery {
  /** Both ends are inclusive; without either, nothing of the past shows. */
  readonly since: Instant | undefined
  readonly until: Instant | undefined
  readonly filters: Filters
  readonly version: string
}

/** What has happened since, and then what happens, until then. moby: getEvents */
export function stream(state: EngineState, query: EventsQuery): Follow<EngineState, EngineEvent, undefined> {
  const { since, filters, version } = query
  // An end beyond what an Instant can be is none.
  const until = query.until !== undefined && Number.isSafeInteger(query.until) ? query.until : undefined
  const show = (told: readonly Message[]) =>
    told
      .filter((one) => included(filters, one))
      .flatMap((one) => {
        const line = message(one, version)
        return line ? [jsonBody(line)] : []
      })
  const goOn: Step<undefined> = until === undefined ? { acc: undefined } : { acc: undefined, wakeAt: until }
  const past = since === undefined && until === undefined ? [] : messages(state.events).filter(within(since, until))
  const over = until !== undefined && until < state.now
  return {
    // Who names an end waits for it, unless it is far off; anybody else only looks on.
    waits: until !== undefined && until - state.now <= SOON && 'patiently',
    seed: over ? { acc: undefined, chunks: show(past), done: true } : { ...goOn, chunks: show(past) },
    step(_, event, { events }) {
      if (until !== undefined && event.at >= until) return { acc: undefined, done: true }
      const last = events.recent.last()
      return last?.position === event.position ? { ...goOn, chunks: show([last]) } : goOn
    },
  }
}

/** The auto clock does not jump further for the sake of a list of events. */
const SOON = 600 * SECOND

const within =
  (since: Instant | undefined, until: Instant | undefined) =>
  ({ at }: Message) =>
    (since === undefined || at >= since) && (until === undefined || at <= until)
