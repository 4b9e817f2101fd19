import type { Input } from '../../http/input.ts'
import type { HeaderPairs } from '../../http/reply.ts'
import { RegistryProblem } from './errors.ts'

export interface Page {
  readonly items: readonly string[]
  /** To the next page, if there is one. */
  readonly headers: HeaderPairs
}

/** `n` and `last`: the part of a sorted list after `last`. distribution: docs/content/spec/api.md#pagination */
export function pageOf(all: readonly string[], { query }: Input, path: string): Page {
  const last = query.get('last')
  const rest = last === null ? all : all.filter((item) => item > last)
  const n = query.get('n')
  if (n === null) return { items: rest, headers: [] }
  if (!/^\d+$/.test(n)) throw new RegistryProblem('PAGINATION_NUMBER_INVALID', { detail: { n } })
  const items = rest.slice(0, Number(n))
  if (items.length === 0 || items.length === rest.length) return { items, headers: [] }
  const next = new URLSearchParams({ last: items.at(-1)!, n })
  return { items, headers: [['Link', `<${path}?${next}>; rel="next"`]] }
}
