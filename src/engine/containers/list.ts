import type { Filters } from '../../http/filters.ts'
import type { EngineState } from '../state.ts'
import type { Container } from './container.ts'
import { type Accept, acceptors } from './list-filters.ts'
import { byAge } from './newest-first.ts'

export interface ListQuery {
  readonly all: boolean
  /** The newest so many, running or not; none where it is not above zero. */
  readonly limit: number
  readonly filters: Filters
}

const isRunning: Accept = ({ flags }) => flags.running

/** The containers that a list shows, newest first. moby: daemon/list.go */
export function list(state: EngineState, { all, limit, filters }: ListQuery): readonly Container[] {
  const stopped = all || limit > 0 || Boolean(filters.get('status')?.length)
  const accepts: readonly Accept[] = [...(stopped ? [] : [isRunning]), ...acceptors(state, filters)]
  const found = candidates(state, filters).filter((container) => accepts.every((accept) => accept(container)))
  found.sort(byAge)
  return limit > 0 ? found.slice(0, limit) : found
}

/** By id where ids are asked for: each must stand for one container. */
function candidates({ containers }: EngineState, filters: Filters): Container[] {
  const ids = filters.get('id')
  if (!ids?.length) return containers.byId.values()
  const found = ids.flatMap((id) => {
    const matches = containers.byId.prefix(id)
    return matches.length === 1 ? matches : []
  })
  return [...new Set(found)]
}
