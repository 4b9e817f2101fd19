import { beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { ask, codesOf, HUB } from '../ask.ts'
import { API, basic, type Call, caller, logIn, pull, push, registryToken } from './client.ts'

let tank: Wavetank
let ann: Call
let bob: Call
let anyone: Call
beforeEach(() => {
  tank = createWavetank({
    clock: 'manual',
    hub: {
      accounts: ['ann', 'bob'].map((name) => ({ name, password: 'secret' })),
      repositories: [
        { name: 'ann/open', description: 'for all' },
        { name: 'ann/shut', visibility: 'private', collaborators: ['bob'] },
        { name: 'ann/mine', visibility: 'private' },
      ],
    },
  })
  ann = logIn(tank, 'ann')
  bob = logIn(tank, 'bob')
  anyone = caller(tank)
})

const ONE = '/v2/namespaces/ann/repositories'
const namesOf = ({ json }: ReturnType<Call>) => json.results.map(({ name }: { name: string }) => name)

describe('a repository', () => {
  it('is created, and is what it was said to be', () => {
    const body = { name: 'app', namespace: 'ann', description: 'short', full_description: 'long', is_private: true }
    const made = ann('POST', ONE, body)
    expect(made.status).toBe(201)
    expect(made.json).toEqual({
      user: 'ann',
      name: 'app',
      namespace: 'ann',
      repository_type: 'image',
      status: 1,
      status_description: 'active',
      description: 'short',
      is_private: true,
      star_count: 0,
      pull_count: 0,
      last_updated: '2025-01-01T00:00:00Z',
      last_modified: '2025-01-01T00:00:00Z',
      date_registered: '2025-01-01T00:00:00Z',
      is_automated: false,
      collaborator_count: 0,
      affiliation: 'owner',
      hub_user: 'ann',
      has_starred: false,
      full_description: 'long',
      permissions: { read: true, write: true, admin: true },
      media_types: [],
      content_types: [],
      categories: [],
      immutable_tags_settings: { enabled: false, rules: [] },
      storage_size: null,
      source: null,
    })
    expect(ann('GET', `${ONE}/app`).json).toEqual(made.json)
    expect(ann('GET', '/v2/repositories/ann/app/').json).toEqual(made.json)
  })

  it.each([
    ['ann', { namespace: 'ann' }, 400, 'body is invalid'],
    ['ann', { name: 'A', namespace: 'ann' }, 400, 'body is invalid'],
    ['ann', { name: 'a b', namespace: 'ann' }, 400, 'body is invalid'],
    ['ann', { name: 'app', namespace: 'bob' }, 400, 'body is invalid'],
    ['ann', { name: 'app', namespace: 'ann', description: 'x'.repeat(101) }, 400, 'body is invalid'],
    ['ann', { name: 'app', namespace: 'ann', is_private: 'yes' }, 400, 'body is invalid'],
    ['ann', { name: 'open', namespace: 'ann' }, 400, 'repository already exists'],
    ['bob', { name: 'app', namespace: 'ann' }, 403, 'access to the resource is forbidden'],
    ['', { name: 'app', namespace: 'ann' }, 401, 'unauthorized'],
  ])('is not created by %j from %j', (who, body, status, message) => {
    const said = (who === '' ? anyone : logIn(tank, who))('POST', ONE, body)
    expect([said.status, said.json.message]).toEqual([status, message])
    expect(ann('GET', `${ONE}/app`).status).toBe(404)
  })

  it('is not created where no namespace is', () => {
    expect(ann('POST', '/v2/namespaces/nowhere/repositories', { name: 'app' }).status).toBe(404)
    expect(ann('POST', '/v2/repositories', { name: 'app' }).json.errinfo).toEqual({ namespace: 'value is required' })
    expect(ann('POST', '/v2/repositories/', { name: 'app', namespace: 'ann' }).status).toBe(201)
  })

  it('that is private is not there for others, by any door', () => {
    for (const [call, status] of [
      [ann, 200],
      [bob, 404],
      [anyone, 404],
    ] as const) {
      expect(call('GET', `${ONE}/mine`).status).toBe(status)
      expect(call('HEAD', `${ONE}/mine`).status).toBe(status)
    }
    expect(bob('GET', `${ONE}/mine`).json).toEqual({ message: 'object not found', errinfo: {} })
    expect(bob('GET', `${ONE}/shut`).json.permissions).toEqual({ read: true, write: true, admin: false })
    expect(bob('PATCH', `${ONE}/mine`, { description: 'x' }).status).toBe(404)
    expect(bob('PATCH', `${ONE}/shut`, { description: 'x' }).status).toBe(403)
    expect(anyone('PATCH', `${ONE}/open`, { description: 'x' }).status).toBe(401)
  })

  it('changes what is said of it', () => {
    tank.clock.advance(60_000)
    const said = ann('PATCH', `${ONE}/open`, { full_description: 'all of it' })
    expect(said.json).toMatchObject({
      description: 'for all',
      full_description: 'all of it',
      last_updated: '2025-01-01T00:00:00Z',
      last_modified: '2025-01-01T00:01:00Z',
    })
  })

  it('goes from public to private and back', () => {
    expect(ann('POST', `${ONE}/open/privacy`, {}).status).toBe(400)
    expect(ann('POST', `${ONE}/open/privacy`, { is_private: true }).json.is_private).toBe(true)
    expect(anyone('GET', `${ONE}/open`).status).toBe(404)
    expect(registryScopes('bob', 'ann/open')).toEqual([])
    ann('POST', '/v2/repositories/ann/open/privacy/', { is_private: false })
    expect(registryScopes('bob', 'ann/open')).toEqual(['pull'])
  })

  it('gets one star of each account', () => {
    expect(bob('POST', `${ONE}/open/stars`).status).toBe(204)
    bob('POST', `${ONE}/open/stars`)
    expect(bob('GET', `${ONE}/open`).json).toMatchObject({ star_count: 1, has_starred: true })
    expect(ann('GET', `${ONE}/open`).json).toMatchObject({ star_count: 1, has_starred: false })
    expect(bob('DELETE', `${ONE}/open/stars`).status).toBe(204)
    expect(bob('GET', `${ONE}/open`).json.star_count).toBe(0)
    expect([anyone('POST', `${ONE}/open/stars`).status, bob('POST', `${ONE}/mine/stars`).status]).toEqual([401, 404])
  })

  it('is gone everywhere once it is deleted', () => {
    push(tank, 'ann', 'ann/open', '1')
    expect([bob('DELETE', `${ONE}/open`).status, anyone('DELETE', `${ONE}/open`).status]).toEqual([403, 401])
    expect(ann('DELETE', `${ONE}/open`).status).toBe(202)
    expect(ann('GET', `${ONE}/open`).status).toBe(404)
    expect(ann('GET', `${ONE}/open/tags/1`).status).toBe(404)
    expect(namesOf(ann('GET', ONE))).not.toContain('open')
    const said = pull(tank, 'ann', 'ann/open', '1')
    expect([said.status, codesOf(said)]).toEqual([404, ['MANIFEST_UNKNOWN']])
    expect(ask(tank, 'GET', 'https://index.docker.io/v1/search?q=ann/open').json.num_results).toBe(0)
    expect(ann('DELETE', `${ONE}/open`).status).toBe(404)
  })

  it('cannot be changed with a token that only reads', () => {
    const { token } = ann('POST', '/v2/access-tokens', { token_label: 'r', scopes: ['repo:read'] }).json
    const reader = logIn(tank, 'ann', token)
    expect(reader('GET', `${ONE}/mine`).json.permissions).toEqual({ read: true, write: false, admin: false })
    for (const said of [
      reader('PATCH', `${ONE}/mine`, { description: 'x' }),
      reader('DELETE', `${ONE}/mine`),
      reader('POST', ONE, { name: 'app' }),
      reader('POST', `${ONE}/mine/privacy`, { is_private: false }),
    ])
      expect([said.status, said.json.message]).toEqual([
        403,
        'access to the resource is forbidden with personal access token',
      ])
    const outside = ann('POST', '/v2/access-tokens', { token_label: 'p', scopes: ['repo:public_read'] }).json.token
    expect(logIn(tank, 'ann', outside)('GET', `${ONE}/mine`).status).toBe(404)
  })
})

const registryScopes = (name: string, repository: string) =>
  JSON.parse(atob(registryToken(tank, name, repository, 'pull,push').split('.')[1]!)).access.flatMap(
    ({ actions }: { actions: string[] }) => actions,
  )

describe('the list of a namespace', () => {
  it('holds what the caller may see', () => {
    expect(namesOf(anyone('GET', ONE))).toEqual(['open'])
    expect(namesOf(bob('GET', `${ONE}?ordering=name`))).toEqual(['open', 'shut'])
    expect(namesOf(ann('GET', `${ONE}?ordering=-name`))).toEqual(['shut', 'open', 'mine'])
    expect(anyone('GET', '/v2/repositories/nobody/').json).toEqual({
      count: 0,
      next: null,
      previous: null,
      results: [],
    })
  })

  it('comes in pages', () => {
    const first = ann('GET', `${ONE}?page_size=2&ordering=name`)
    expect([first.json.count, first.json.previous, namesOf(first)]).toEqual([3, null, ['mine', 'open']])
    expect(first.json.next).toBe(`${API}${ONE}?ordering=name&page=2&page_size=2`)
    const second = ann('GET', first.json.next.slice(API.length))
    expect([second.json.next, second.json.previous, namesOf(second)]).toEqual([
      null,
      `${API}${ONE}?ordering=name&page=1&page_size=2`,
      ['shut'],
    ])
    expect(ann('GET', `${ONE}?page=3&page_size=2`).status).toBe(404)
    expect(ann('GET', `${ONE}?page=0`).status).toBe(400)
  })

  it('is filtered and ordered', () => {
    tank.clock.advance(60_000)
    push(tank, 'ann', 'ann/mine', '1')
    pull(tank, 'bob', 'ann/open', '1')
    push(tank, 'ann', 'ann/open', '1')
    pull(tank, 'bob', 'ann/open', '1')
    expect(namesOf(ann('GET', `${ONE}?name=m`))).toEqual(['mine'])
    expect(namesOf(ann('GET', `${ONE}?ordering=last_updated`))[0]).toBe('shut')
    expect(namesOf(ann('GET', `${ONE}?ordering=-pull_count`))[0]).toBe('open')
    const wrong = ann('GET', `${ONE}?ordering=size`)
    expect([wrong.status, wrong.json.message]).toEqual([400, 'Invalid ordering value'])
  })
})

describe('tags', () => {
  it('are those of the registry', () => {
    tank.clock.advance(60_000)
    const { digest } = push(tank, 'ann', 'ann/open', '1', 'content')
    tank.clock.advance(60_000)
    push(tank, 'ann', 'ann/open', '2', 'other')
    pull(tank, 'bob', 'ann/open', '1')
    const list = anyone('GET', `${ONE}/open/tags`)
    expect([list.json.count, namesOf(list)]).toEqual([2, ['2', '1']])
    expect(namesOf(anyone('GET', `${ONE}/open/tags?ordering=name&name=1`))).toEqual(['1'])
    const one = anyone('GET', '/v2/repositories/ann/open/tags/1/').json
    expect(one).toMatchObject({
      name: '1',
      digest,
      last_updated: '2025-01-01T00:01:00Z',
      last_updater_username: 'ann',
      full_size: 7,
      v2: true,
      tag_status: 'active',
      tag_last_pulled: '2025-01-01T00:02:00Z',
      tag_last_pushed: '2025-01-01T00:01:00Z',
      media_type: 'application/vnd.docker.distribution.manifest.v2+json',
      images: [
        {
          architecture: 'arm64',
          features: '',
          variant: 'v8',
          digest,
          os: 'linux',
          os_features: '',
          os_version: null,
          size: 7,
          status: 'active',
          last_pulled: '2025-01-01T00:02:00Z',
          last_pushed: '2025-01-01T00:01:00Z',
        },
      ],
    })
    const info = anyone('GET', `${ONE}/open`).json
    expect(info).toMatchObject({ pull_count: 1, content_types: ['image'], last_updated: '2025-01-01T00:02:00Z' })
    expect(info.storage_size).toBeGreaterThan(7)
    tank.clock.advance(31 * 24 * 3600_000)
    expect(anyone('GET', `${ONE}/open/tags/1`).json.tag_status).toBe('inactive')
  })

  it('are there from the beginning in the official images', () => {
    const { results } = anyone('GET', '/v2/repositories/library/busybox/tags?page_size=100').json
    const names = results.map(({ name }: { name: string }) => name)
    expect(names).toEqual(expect.arrayContaining(['1', '1.36', 'latest']))
    expect(results[0].images[0]).toMatchObject({ architecture: 'amd64', os: 'linux' })
  })

  it('that are not there are said so', () => {
    const said = anyone('GET', `${ONE}/open/tags/none`)
    expect([said.status, said.json]).toEqual([
      404,
      {
        message: "httperror 404: tag 'none' not found",
        errinfo: { namespace: 'ann', repository: 'open', tag: 'none' },
      },
    ])
    push(tank, 'ann', 'ann/open', '1')
    expect([anyone('HEAD', `${ONE}/open/tags`), anyone('HEAD', `${ONE}/open/tags/1`)]).toMatchObject([
      { status: 200, text: '' },
      { status: 200, text: '' },
    ])
    expect([anyone('HEAD', `${ONE}/open/tags/none`).status, anyone('HEAD', `${ONE}/mine/tags`).status]).toEqual([
      404, 404,
    ])
  })

  it('are deleted here and gone there', () => {
    const { digest } = push(tank, 'ann', 'ann/open', '1')
    expect([bob('DELETE', `${ONE}/open/tags/1`).status, anyone('DELETE', `${ONE}/open/tags/1`).status]).toEqual([
      403, 401,
    ])
    expect(ann('DELETE', `${ONE}/open/tags/1`).status).toBe(204)
    expect(pull(tank, 'ann', 'ann/open', '1').status).toBe(404)
    expect(pull(tank, 'ann', 'ann/open', digest).status).toBe(200)
    expect(ann('DELETE', `${ONE}/open/tags/1`).status).toBe(404)
  })

  it('that are immutable stay where they are', () => {
    push(tank, 'ann', 'ann/open', 'v1')
    push(tank, 'ann', 'ann/open', 'latest')
    const settings = { immutable_tags: true, immutable_tags_rules: ['^v'] }
    expect(ann('PATCH', `${ONE}/open/immutabletags`, settings).json.immutable_tags_settings).toEqual({
      enabled: true,
      rules: ['^v'],
    })
    expect(ann('POST', `${ONE}/open/immutabletags/verify`, { regex: '^v' }).json).toEqual({ tags: ['v1'] })
    expect(ann('POST', `${ONE}/open/immutabletags/verify`, { regex: '(' }).status).toBe(400)
    expect(push(tank, 'ann', 'ann/open', 'v1', 'other').status).toBe(403)
    expect(push(tank, 'ann', 'ann/open', 'v1').status).toBe(201)
    expect(push(tank, 'ann', 'ann/open', 'v2').status).toBe(201)
    expect(push(tank, 'ann', 'ann/open', 'latest', 'other').status).toBe(201)
    expect(ann('DELETE', `${ONE}/open/tags/v1`).status).toBe(403)
    const token = registryToken(tank, 'ann', 'ann/open', 'delete')
    const headers = { authorization: `Bearer ${token}` }
    expect(ask(tank, 'DELETE', `${HUB}/v2/ann/open/manifests/v1`, { headers }).status).toBe(403)
  })
})

describe('the rest of a repository', () => {
  it('has categories', () => {
    const slug = anyone('GET', '/v2/categories').json[0].slug
    expect(ann('PATCH', '/v2/repositories/ann/open/categories/', [{ slug }]).json).toEqual([
      { slug, name: 'API management' },
    ])
    expect(ann('PATCH', `${ONE}/open/categories`, [{ slug: 'none' }]).status).toBe(400)
    expect(anyone('GET', `${ONE}/open`).json.categories).toEqual([{ slug, name: 'API management' }])
  })

  it('is found by the search of the pages', () => {
    const { count, next, previous, results } = anyone('GET', '/v2/search/repositories/?query=busybox&page_size=1').json
    expect([count > 0, next, previous]).toEqual([true, expect.any(String), ''])
    expect(results[0]).toEqual({
      repo_name: 'busybox',
      short_description: 'Busybox base image.',
      star_count: 3300,
      pull_count: 0,
      repo_owner: '',
      is_automated: false,
      is_official: true,
    })
    expect(anyone('GET', '/v2/search/repositories?query=mine').json.count).toBe(0)
  })

  it('is of users', () => {
    expect(anyone('GET', '/v2/users/ann/').json).toMatchObject({ username: 'ann', type: 'User' })
    const said = anyone('GET', '/v2/users/nobody')
    expect([said.status, said.json.message]).toEqual([404, 'User not found'])
    expect(ask(tank, 'GET', `${API}/v2/user`, { headers: basic('ann') }).status).toBe(401)
  })
})
