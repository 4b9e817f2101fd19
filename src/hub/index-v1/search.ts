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
  const found = repositories
    .prefix(`${REGISTRY_HOST}/`)
    .filter((one) => one.visibility === 'public' && matches(one, words))
    .sort((a, b) => b.stars - a.stars || (a.name < b.name ? -1 : 1))
  return {
    num_pages: Math.ceil(found.length / size),
    num_results: found.length,
    page,
    page_size: size,
    query: words,
    results: found.slice((page - 1) * size, page * size).map(result),
  }
}

const integer = (text: string | null): number => (/^-?\d{1,9}$/.test(text ?? '') ? Number(text) : 0)

function matches({ name, description }: Repository, words: string): boolean {
  const text = `${shortName(name)} ${description}`.toLowerCase()
  return words
    .toLowerCase()
    .replace(/^library\//, '')
    .split(/\s+/)
    .every((word) => text.includes(word))
}

const shortName = (name: string) => (name.startsWith(OFFICIAL) ? name.slice(OFFICIAL.length) : name)

const result = ({ name, description, stars }: Repository) => ({
  name: shortName(name),
  description,
  is_official: name.startsWith(OFFICIAL),
  is_trusted: false,
  is_automated: false,
  star_count: stars,
})
