import { type Filters, filterExact, filterLabels } from '../../http/filters.ts'
import type { EngineState } from '../state.ts'
import { refused } from './errors.ts'
import { isPredefined, type Network } from './network.ts'

export const LIST_FILTERS: ReadonlySet<string> = new Set(['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'])

/** In the order in which they were made. */
export const byAge = (a: Network, b: Network): number => a.ordinal - b.ordinal

/** moby: daemon/network/filter.go */
export function list(state: EngineState, filters: Filters): readonly Network[] {
  const type = typeFilter(filters)
  const dangling = danglingFilter(filters)
  return state.networks.byId
    .values()
    .filter(
      (network) =>
        filterExact(filters, 'driver', network.driver) &&
        part(filters, 'name', network.name) &&
        part(filters, 'id', network.id) &&
        filterLabels(filters, network.labels) &&
        filterExact(filters, 'scope', network.scope) &&
        (dangling === undefined || isDangling(state, network) === dangling) &&
        (type === undefined || isPredefined(network.name) === (type === 'builtin')),
    )
    .sort(byAge)
}

/** Anywhere in it, or as a regular expression. moby: Args.Match */
function part(filters: Filters, key: string, candidate: string): boolean {
  const values = filters.get(key)
  if (!values?.length) return true
  return values.some((value) => candidate.includes(value) || matches(value, candidate))
}

function matches(pattern: string, candidate: string): boolean {
  try {
    return new RegExp(pattern).test(candidate)
  } catch {
    return false
  }
}

function typeFilter(filters: Filters): 'custom' | 'builtin' | undefined {
  const values = filters.get('type') ?? []
  const bad = values.find((value) => value !== 'custom' && value !== 'builtin')
  if (bad !== undefined) throw refused(`invalid filter: 'type'='${bad}'`, 'System')
  return values.length === 1 ? (values[0] as 'custom' | 'builtin') : undefined
}

const FLAGS: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false }

function danglingFilter(filters: Filters): boolean | undefined {
  const values = filters.get('dangling')
  if (!values?.length) return undefined
  const [flag] = values.map((value) => FLAGS[value])
  if (values.length > 1) throw refused(`got more than one value for filter key "dangling"`)
  if (flag === undefined)
    throw refused(`invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")`)
  return flag
}

/** Not the daemon's own, and nobody runs on it. */
export const isDangling = ({ networks }: EngineState, { id, name }: Network): boolean =>
  !isPredefined(name) && (networks.members.get(id)?.size ?? 0) === 0
