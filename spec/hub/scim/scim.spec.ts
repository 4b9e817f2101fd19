import { beforeEach, describe, expect, it } from 'vitest'
import { filterOf, read } from '../../../src/hub/scim/filter.ts'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { ask, type Said } from '../ask.ts'
import { API, logIn } from '../hub-api/client.ts'

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

let tank: Wavetank
beforeEach(() => {
  tank = createWavetank({
    clock: 'manual',
    hub: {
      accounts: ['olga', 'mike', 'nina'].map((name) => ({ name, password: 'secret' })),
      organisations: [
        { name: 'acme', members: { olga: 'owner', mike: 'member' }, scimToken: 'of-acme' },
        { name: 'other', members: { nina: 'owner' }, scimToken: 'of-other' },
        { name: 'plain', members: { nina: 'owner' } },
      ],
    },
  })
})

const scim = (method: string, path: string, body?: unknown, token = 'of-acme'): Said =>
  ask(tank, method, `${API}/v2/scim/2.0/${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
const create = (userName: unknown, more: object = {}) => scim('POST', 'Users', { schemas: [USER], userName, ...more })
const namesOf = ({ json }: Said) => json.resources.map(({ displayName }: { displayName: string }) => displayName)

describe('whoever asks', () => {
  it.each(['ServiceProviderConfig', 'ResourceTypes', 'ResourceTypes/User', 'Schemas', `Schemas/${USER}`, 'Users'])(
    '%s needs the token of an organisation',
    (path) => {
      const refused = scim('GET', path, undefined, 'wrong')
      expect([refused.status, refused.json]).toEqual([401, { schemas: [ERROR], status: '401', detail: 'unauthorized' }])
      const good = scim('GET', path)
      expect([good.status, good.headers['content-type']]).toEqual([200, 'application/scim+json'])
    },
  )

  it('gets no further with a session, or with the hash of nothing', () => {
    expect(logIn(tank, 'olga')('GET', '/v2/scim/2.0/Users').status).toBe(401)
    expect(ask(tank, 'GET', `${API}/v2/scim/2.0/Users`).status).toBe(401)
  })
})

describe('what is described', () => {
  it('is what the provider can do', () => {
    expect(scim('GET', 'ServiceProviderConfig').json).toMatchObject({
      patch: { supported: false },
      filter: { supported: true, maxResults: 99_999 },
      sort: { supported: true },
      authenticationSchemes: { type: 'oauthbearertoken' },
    })
  })

  it('is the one kind of resource, with its schema', () => {
    const types = scim('GET', 'ResourceTypes').json
    expect(types).toMatchObject({ schemas: [LIST], totalResults: 1, resources: [{ id: 'User', schema: USER }] })
    expect(scim('GET', 'ResourceTypes/User').json).toEqual(types.resources[0])
    const schema = scim('GET', `Schemas/${USER}`).json
    expect(scim('GET', 'Schemas').json.resources).toEqual([schema])
    const names = schema.attributes.map(({ name }: { name: string }) => name)
    // All that a user has is described.
    const { schemas: _schemas, id: _id, meta: _meta, ...user } = scim('GET', 'Users').json.resources[0]
    expect(names.sort()).toEqual(Object.keys(user).sort())
    for (const path of ['ResourceTypes/Group', 'Schemas/none']) expect(scim('GET', path).status).toBe(404)
  })
})

describe('users', () => {
  it('are the members, each as the reference shows one', () => {
    const all = scim('GET', 'Users').json
    expect(all).toMatchObject({ schemas: [LIST], totalResults: 2, startIndex: 1, itemsPerPage: 2 })
    const olga = all.resources.find(({ displayName }: { displayName: string }) => displayName === 'olga')
    expect(olga).toEqual({
      schemas: [USER],
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      userName: 'olga@example.com',
      name: { givenName: '', familyName: '' },
      displayName: 'olga',
      active: true,
      emails: [{ value: 'olga@example.com', display: 'olga@example.com', primary: true }],
      groups: [{ value: 'owners', display: 'owners' }],
      meta: {
        resourceType: 'User',
        location: `${API}/v2/scim/2.0/Users/${olga.id}`,
        created: '2025-01-01T00:00:00Z',
        lastModified: '2025-01-01T00:00:00Z',
      },
    })
    expect(scim('GET', `Users/${olga.id}`).json).toEqual(olga)
    expect(scim('GET', `Users/${olga.id}`, undefined, 'of-other').status).toBe(404)
  })

  it('who have an account join the company team', () => {
    const made = create('nina@example.com', { name: { givenName: 'Nina', familyName: 'S' } })
    expect([made.status, made.json]).toMatchObject([
      201,
      { displayName: 'nina', name: { givenName: 'Nina', familyName: 'S' }, groups: [{ value: 'company' }] },
    ])
    const olga = logIn(tank, 'olga')
    expect(olga('GET', '/v2/orgs/acme/groups/company/members').json.results).toMatchObject([{ username: 'nina' }])
    const again = create('nina@example.com')
    expect([again.status, again.json]).toEqual([
      409,
      { schemas: [ERROR], status: '409', detail: 'user already exists', scimType: 'uniqueness' },
    ])
  })

  it('who have none get one, under a name that is free', () => {
    expect(create('jon.snow@example.org').json).toMatchObject({
      displayName: 'jonsnow',
      userName: 'jon.snow@example.org',
    })
    expect(create('jon-snow@example.net').json.displayName).toBe('jonsnow1')
    expect(create('x@example.net').json.displayName).toBe('x000')
    expect(logIn(tank, 'olga')('GET', '/v2/users/jonsnow').status).toBe(200)
  })

  it('are renamed, turned off and on again; who is off is no member', () => {
    const { id } = create('nina@example.com', { name: { givenName: 'Nina', familyName: 'S' } }).json
    const members = () =>
      logIn(tank, 'olga')('GET', '/v2/orgs/acme/members').json.results.map((one: { username: string }) => one.username)
    tank.clock.advance(60_000)
    const put = (body: object) => scim('PUT', `Users/${id}`, { schemas: [USER], ...body }).json
    expect(put({ name: { givenName: 'N' }, enabled: true })).toMatchObject({
      name: { givenName: 'N', familyName: 'S' },
      active: true,
      meta: { created: '2025-01-01T00:00:00Z', lastModified: '2025-01-01T00:01:00Z' },
    })
    expect(members()).toContain('nina')
    expect(put({})).toMatchObject({ active: false, groups: [] })
    expect(members()).not.toContain('nina')
    expect(scim('GET', `Users/${id}`).json.active).toBe(false)
    expect(put({ active: true }).active).toBe(true)
    expect(members()).toContain('nina')
    logIn(tank, 'olga')('DELETE', '/v2/orgs/acme/members/nina')
    expect(scim('GET', `Users/${id}`).json.active).toBe(false)
  })

  it('are never all turned off: somebody owns the organisation', () => {
    const { id } = scim('GET', 'Users?filter=displayName%20eq%20%22olga%22').json.resources[0]
    expect(scim('PUT', `Users/${id}`, { schemas: [USER], enabled: false })).toMatchObject({
      status: 400,
      json: { detail: 'an organization must have at least one owner' },
    })
  })

  it.each([
    ['no JSON', '{', 'invalidSyntax'],
    ['a list', [], 'invalidSyntax'],
    ['no schema', { userName: 'a@b.cc' }, 'invalidValue'],
    ['no address', { schemas: [USER] }, 'invalidValue'],
    ['a number for one', { schemas: [USER], userName: 5 }, 'invalidValue'],
    ['what is none', { schemas: [USER], userName: 'nobody' }, 'invalidValue'],
    ['a text for a name', { schemas: [USER], userName: 'a@b.cc', name: 'x' }, 'invalidValue'],
    ['a number in a name', { schemas: [USER], userName: 'a@b.cc', name: { givenName: 5 } }, 'invalidValue'],
  ])('with %s are refused', (_, body, scimType) => {
    const said = scim('POST', 'Users', body)
    expect([said.status, said.json]).toEqual([
      400,
      { schemas: [ERROR], status: '400', detail: expect.any(String), scimType },
    ])
    expect(scim('GET', 'Users').json.totalResults).toBe(2)
  })
})

describe('a list of users', () => {
  beforeEach(() => {
    create('nina@example.com', { name: { givenName: 'Nina', familyName: 'S' } })
  })
  const find = (filter: string) => scim('GET', `Users?filter=${encodeURIComponent(filter)}`)

  it.each([
    ['userName eq "nina@example.com"', ['nina']],
    ['USERNAME EQ "NINA@example.com"', ['nina']],
    ['userName ne "nina@example.com"', ['mike', 'olga']],
    ['userName co "in"', ['nina']],
    ['userName sw "ol"', ['olga']],
    ['name.givenName eq "Nina"', ['nina']],
    ['emails.value eq "mike@example.com"', ['mike']],
    ['active eq true', ['mike', 'nina', 'olga']],
    ['groups.value eq "owners" or groups.value eq "company"', ['nina', 'olga']],
    ['active eq true and not (displayName eq "nina" or displayName eq "mike")', ['olga']],
    ['not displayName eq "nina" and not displayName eq "mike"', ['olga']],
    ['displayName eq "a\\"b"', []],
    ['nothing eq "x"', []],
  ])('is filtered by %s', (filter, names) => {
    expect(namesOf(find(filter))).toEqual(names)
  })

  it.each([
    'x',
    'userName eq',
    'userName xx "y"',
    'userName constructor "y"',
    '(userName eq "x"',
    'userName eq x',
    ') or',
    'a eq "b" c',
  ])('is not filtered by %s', (filter) => {
    const said = find(filter)
    expect([said.status, said.json.scimType]).toEqual([400, 'invalidFilter'])
  })

  it('comes in parts, in an order, with what is asked for', () => {
    const page = scim('GET', 'Users?startIndex=2&count=1&sortBy=userName&sortOrder=descending')
    expect(page.json).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 1 })
    expect(namesOf(page)).toEqual(['nina'])
    expect(scim('GET', 'Users?attributes=userName,name.givenName&count=1').json.resources).toEqual([
      { schemas: [USER], id: expect.any(String), userName: 'mike@example.com', name: expect.any(Object) },
    ])
    expect(scim('GET', 'Users?startIndex=99').json).toMatchObject({ totalResults: 3, itemsPerPage: 0, resources: [] })
    for (const wrong of ['startIndex=0', 'count=-1', 'count=x', 'sortOrder=up'])
      expect(scim('GET', `Users?${wrong}`).status).toBe(400)
  })

  it('is filtered by the operators as logic has them', () => {
    const one = { a: 'x', b: [{ c: 'y' }] }
    const holds = (filter: string) => filterOf(filter)((path) => read(one, path))
    expect(holds('a eq "x" or a eq "z" and a eq "z"')).toBe(true)
    expect(holds('(a eq "x" or a eq "z") and a eq "z"')).toBe(false)
    expect(holds('b.c eq "y"')).toBe(true)
    expect(() => filterOf(`${'('.repeat(5000)}a eq "x"`)).toThrow('filter is invalid')
  })
})
