import type { Input } from '../../http/input.ts'
import { HUB_HOST } from '../hosts.ts'
import { invalidQuery, noPage } from './errors.ts'

export interface Page<T> {
  readonly count: number
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly T[]
}

const LARGEST = 100

/** `page` and `page_size` of a list; a page behind the last one is refused, but for the first. */
export function pageOf<T, W>(all: readonly T[], input: Input, wire: (one: T) => W, usual = 10): Page<W> {
  const { page, size, start } = windowOf(input, usual)
  if (page > 1 && start >= all.length) throw noPage()
  return {
    count: all.length,
    next: start + size < all.length ? linkTo(input, page + 1, size) : null,
    previous: page > 1 ? linkTo(input, page - 1, size) : null,
    results: all.slice(start, start + size).map(wire),
  }
}

/** Which part of a list is asked for. */
export function windowOf(input: Input, usual: number) {
  const page = positive(input, 'page', 1)
  const size = Math.min(positive(input, 'page_size', usual), LARGEST)
  return { page, size, start: (page - 1) * size }
}

function positive({ query }: Input, name: string, usual: number): number {
  const text = query.get(name)
  if (text === null || text === '') return usual
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw invalidQuery({ [name]: 'must be a positive integer' })
  return Number(text)
}

/** The same list, another page: names in order, as Go writes them. */
function linkTo({ request, query }: Input, page: number, size: number): string {
  const parameters = new URLSearchParams(query)
  parameters.set('page', String(page))
  parameters.set('page_size', String(size))
  parameters.sort()
  return `https://${HUB_HOST}${request.target.split('?')[0]}?${parameters}`
}
