import type { Instant } from '../../core/instant.ts'
import { Problem } from '../../core/problem.ts'
import { parseTimestamp } from '../../core/timestamp.ts'
import { type Filters, filterLabels } from '../../http/filters.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { Container } from './container.ts'
import { destroyEvents } from './destroy-events.ts'
import { newestFirst } from './newest-first.ts'
import { writtenBytes } from './size.ts'

export interface PruneFilters {
  readonly filters: Filters
}

/** Every container that does not run goes. moby: daemon/prune.go ContainersPrune */
export const prune: EngineVerb<PruneFilters> = (state, { filters }, env) => {
  const until = untilOf(filters, env.now)
  const doomed = newestFirst(state).filter(
    (container) => !container.flags.running && container.created <= until && labelled(container, filters),
  )
  const reclaimed = doomed.reduce((sum, { id }) => sum + writtenBytes(state, id), 0)
  return [...destroyAll(state, doomed), { type: 'container.prune', reclaimed }]
}

const destroyAll = (state: EngineState, doomed: readonly Container[]): readonly EngineEvent[] =>
  doomed.flatMap((container) => destroyEvents(state, container, false))

/** `until` of a prune: for ever where it is not given. moby: getUntilFromPruneFilters */
export function untilOf(filters: Filters, now: Instant): Instant {
  const [text, another] = filters.get('until') ?? []
  if (text === undefined) return Number.POSITIVE_INFINITY
  if (another !== undefined) throw new Problem('InvalidParameter', 'more than one until filter specified')
  const until = parseTimestamp(text, now)
  if (until === undefined)
    throw new Problem('InvalidParameter', `failed to parse value as time or duration: ${JSON.stringify(text)}`)
  return until
}

/** Has every `label` and no `label!`. */
function labelled({ config }: Container, filters: Filters): boolean {
  if (!filterLabels(filters, config.labels)) return false
  return !filters.get('label!')?.length || !filterLabels(filters, config.labels, 'label!')
}
