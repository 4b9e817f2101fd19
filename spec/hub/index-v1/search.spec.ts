import { describe, expect, it } from 'vitest'
import { createWavetank } from '../../../src/index.ts'
import { ask } from '../ask.ts'

const tank = createWavetank({
  clock: 'manual',
  hub: {
    catalog: [],
    accounts: [
      { name: 'alice', password: 'secret1' },
      { name: 'carol', password: 'secret1', active: false },
    ],
    repositories: [
      { name: 'library/bb', description: 'Official', stars: 9 },
      ...Array.from({ length: 30 }, (_, i) => ({ name: `alice/bb${String(i).padStart(2, '0')}` })),
      { name: 'alice/bbx', visibility: 'private' as const, stars: 99 },
    ],
  },
})
const search = (query: string, headers = {}) =>
  ask(tank, 'GET', `https://index.docker.io/v1/search?${query}`, { headers })
const basic = (name: string, password = 'secret1') => ({ authorization: `Basic ${btoa(`${name}:${password}`)}` })

describe('the search of the Index', () => {
  it('finds public repositories page by page', () => {
    const first = search('q=bb').json
    expect(first).toMatchObject({ num_pages: 2, num_results: 31, page_size: 25, query: 'bb', page: 1 })
    expect(first.results).toHaveLength(25)
    expect(first.results[0]).toEqual({
      name: 'bb',
      description: 'Official',
      star_count: 9,
      is_official: true,
      is_trusted: false,
      is_automated: false,
    })
    expect(search('q=bb&page=2').json.results).toHaveLength(6)
    expect(search('q=bb&page=3').json.results).toEqual([])
    expect(search('q=none').json).toMatchObject({ num_results: 0, results: [] })
  })

  it.each([
    ['n=10', 10],
    ['n=1000', 100],
    ['n=0', 25],
    ['n=-3', 1],
    ['n=ten', 25],
    ['page=-1', 25],
  ])('with %s has %i on a page', (query, size) => {
    expect(search(`q=bb&${query}`).json).toMatchObject({ page_size: size, page: 1 })
  })

  it('asks nobody, but those who say who they are must be right', () => {
    const statuses = [
      search('q=bb', basic('alice')),
      search('q=bb', basic('alice', 'x')),
      search('q=bb', basic('carol')),
    ]
    expect(statuses.map(({ status }) => status)).toEqual([200, 401, 403])
  })
})

describe('the ping of the Index', () => {
  it('says which protocol it speaks', () => {
    const said = ask(tank, 'GET', 'https://index.docker.io/v1/_ping')
    expect([said.status, said.text]).toEqual([200, 'true'])
    expect(said.headers).toMatchObject({
      'x-docker-registry-version': '0.9.1',
      'x-docker-registry-standalone': 'False',
    })
  })
})
