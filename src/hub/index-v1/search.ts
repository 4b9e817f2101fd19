import type { Input } from '../../http/input.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import type { Repositories, Repository } from '../repositories/repository.ts'

const OFFICIAL = 'library/'
/** Results of a page, unless it is said otherwise. */
const PAGE = 25
const LARGEST_PAGE = 100

/** `GET /v1/search?q=…&n=…&page=…`: public repositories whose name or description holds the words, most stars first. */
export function search(repositories: Repositories, { query }: Input): unknown {
  const words = query.get('q') ?? ''
  const size = Math.min(Math.max(1, integer(query.get('n')) || PAGE), LARGEST_PAGE)
  const page = Math.max(1, integer(query.get('page')) || 1)
  const found = matching(repositories, words)
  return {
    num_pages: Math.ceil(found.length / size),
    num_results: found.length,
    page,
    page_size: size,
    query: words,
    results: found.slice((page - 1) * size, page * size).map(result),
  }
}

/** Public repositories that the words fit, most stars first. */
export const matching = (repositories: Repositories, words: string): Repository[] =>
  repositories
    .prefix(`${REGISTRY_HOST}/`)
    .filter((one) => one.visibility === 'public' && matches(one, words))
    .sort((a, b) => b.stars - a.stars || (a.name < b.name ? -1 : 1))

const integer = (text: string | null): number => (/^-?\d{1,9}$/.test(text ?? '') ? Number(text) : 0)

export function matches({ name, description }: Repository, words: string): boolean {
  const text = `${shortName(name)} ${description}`.toLowerCase()
  return words
    .toLowerCase()
    .replace(/^library\//, '')
    .split(/\s+/)
    .every((word) => text.includes(word))
}

export const isOfficial = (name: string): boolean => name.startsWith(OFFICIAL)

export const shortName = (name: string): string => (isOfficial(name) ? name.slice(OFFICIAL.length) : name)

const result = ({ name, description, stars }: Repository) => ({
  name: shortName(name),
  description,
  is_official: isOfficial(name),
  is_trusted: false,
  is_automated: false,
  star_count: stars,
})
