import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { parseToken } from '../../../src/hub/auth/index-token.ts'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { ask, type Said } from '../ask.ts'
import {
  ALICE,
  allocate,
  bearing,
  type Headers,
  INDEX,
  idOf,
  made,
  push,
  REGISTRY,
  readToken,
  send,
  tagStep,
  tokenOf,
  uploadSteps,
  wantToken,
} from '../v1.ts'

const [A, B] = [idOf('a'), idOf('b')]

const world = (hub = {}, seed = 'wavetank') =>
  createWavetank({
    clock: 'manual',
    seed,
    hub: {
      catalog: [],
      accounts: [
        { name: 'alice', password: 'secret1' },
        { name: 'bobby', password: 'secret1' },
      ],
      repositories: [{ name: 'alice/shut', visibility: 'private' }],
      ...hub,
    },
  })

let tank: Wavetank
beforeEach(() => {
  tank = world()
  push(tank, 'alice/bb', [made('a')], 'v1')
})

/** Every endpoint of the registry that asks for a token, with the access that opens it. */
const ENDPOINTS: readonly (readonly [method: string, path: string, access: 'read' | 'write' | 'delete'])[] = [
  ...['json', 'layer', 'ancestry', 'files', 'diff'].flatMap(
    (what) =>
      [
        ['GET', `images/${A}/${what}`, 'read'],
        ['HEAD', `images/${A}/${what}`, 'read'],
      ] as const,
  ),
  ...['json', 'layer', 'checksum'].map((what) => ['PUT', `images/${B}/${what}`, 'write'] as const),
  ...['tags', 'tags/v1', 'tags/v1/json', 'json', 'properties'].map(
    (what) => ['GET', `repositories/alice/bb/${what}`, 'read'] as const,
  ),
  ['PUT', 'repositories/alice/bb/tags/v2', 'write'],
  ['PUT', 'repositories/alice/bb/properties', 'write'],
  ['DELETE', 'repositories/alice/bb/tags/v1', 'delete'],
  ['DELETE', 'repositories/alice/bb/', 'delete'],
  ['DELETE', 'repositories/alice/bb/tags', 'delete'],
]

const at = (method: string, path: string, headers: Headers = {}): Said =>
  ask(tank, method, `${REGISTRY}/${path}`, { headers })

const tokens = () => ({
  read: readToken(tank, 'alice/bb'),
  write: tokenOf(allocate(tank, 'alice/bb', [{ id: B }])),
  delete: tokenOf(ask(tank, 'DELETE', `${INDEX}/repositories/alice/bb/`, { headers: { ...ALICE, ...wantToken } })),
})

describe('the registry', () => {
  it.each(ENDPOINTS)('at %s %s asks for a token that gives %s, and refuses every other one', (method, path, access) => {
    const foreign = readToken(world({}, 'elsewhere'), 'alice/bb')
    push(tank, 'alice/cc', [made('c')])
    const other = readToken(tank, 'alice/cc')
    const own = tokens()
    const forged = own[access].replace(/signature=[0-9a-f]{8}/, 'signature=00000000')
    const wrong = Object.entries(own).flatMap(([kind, token]) => (kind === access ? [] : [token]))
    const dressed = wrong.map((token) => token.replace(/access=\w+/, `access=${access}`))
    const before = tank.hub.store.state.content
    const refused = [
      {},
      ALICE,
      ...[forged, foreign, ...wrong, ...dressed].map(bearing),
      ...(path.startsWith('images/') ? [] : [other, other.replace('alice/cc', 'alice/bb')].map(bearing)),
      bearing(other.replace('access=read', `access=${access}x`)),
    ].map((headers) => at(method, path, headers))
    for (const said of refused) {
      expect([said.status, said.headers['www-authenticate']]).toEqual([401, 'Token'])
      if (method !== 'HEAD') expect(said.text).toBe('{"error": "Requires authorization"}')
    }
    expect(tank.hub.store.state.content).toBe(before)
    tank.clock.advance(599_000)
    expect(at(method, path, bearing(own[access])).status).not.toBe(401)
  })

  it.each(ENDPOINTS)('at %s %s refuses a token that has expired', (method, path, access) => {
    const own = tokens()
    tank.clock.advance(600_000)
    expect(at(method, path, bearing(own[access])).status).toBe(401)
    expect(tank.hub.store.state.index.tokens.size).toBe(0)
  })

  it('gives no image that is not of the token’s repository', () => {
    push(tank, 'alice/cc', [made('c')])
    const other = bearing(readToken(tank, 'alice/cc'))
    for (const what of ['json', 'layer', 'ancestry', 'files', 'diff'])
      expect(at('GET', `images/${A}/${what}`, other).status).toBe(404)
  })

  it('of a private repository asks the Index for each layer', () => {
    push(tank, 'alice/shut', [made('d')])
    const headers = bearing(readToken(tank, 'alice/shut', ALICE))
    expect(at('GET', `images/${idOf('d')}/layer`, headers)).toMatchObject({ status: 200, text: 'layer-d' })
    const last = tank.journal.entries.filter((entry) => entry.kind === 'request').at(-1)
    expect(last).toMatchObject({ target: `/v1/repositories/alice/shut/layer/${idOf('d')}/access`, status: 200 })
    expect(readToken(tank, 'alice/shut')).toBe('')
  })

  it('of a public one asks for nothing where the world is like that', () => {
    tank = world({ v1: { openPulls: true } })
    push(tank, 'alice/bb', [made('a')])
    push(tank, 'alice/shut', [made('d')])
    expect(at('GET', 'repositories/alice/bb/tags').json).toEqual({ latest: A })
    expect(at('GET', `images/${A}/layer`).text).toBe('layer-a')
    expect(at('GET', 'repositories/alice/shut/tags').status).toBe(401)
    expect(at('GET', `images/${idOf('d')}/layer`).status).toBe(401)
    expect(at('DELETE', 'repositories/alice/bb/').status).toBe(401)
    expect(at('GET', `images/${A}/layer`, bearing('signature=0,repository="alice/bb",access=read')).status).toBe(401)
  })
})

describe('a token for a single use', () => {
  const cookieOf = ({ headers }: Said) => ({ cookie: headers['set-cookie']!.split(';')[0]! })
  const write = () => tokenOf(allocate(tank, 'alice/bb', [{ id: A }, { id: B, Tag: 'v1' }]))
  beforeEach(() => {
    tank = world({ v1: { tokens: 'single-use' } })
  })

  it('is spent by the first check; a cookie stands for it from then on', () => {
    const headers = bearing(write())
    const [json, layer, checksum] = uploadSteps(made('a'), headers)
    const first = send(tank, json!)
    expect(first.headers['set-cookie']).toMatch(/^session=[\w-]+\.[\w-]+; Path=\/; HttpOnly$/)
    expect(send(tank, layer!).status).toBe(401)
    const cookie = cookieOf(first)
    for (const step of [layer!, checksum!])
      expect(send(tank, { ...step, headers: { ...step.headers, ...cookie } }).status).toBe(200)
    for (const step of uploadSteps(made('b', 'a'), { ...headers, ...cookie })) expect(send(tank, step).status).toBe(200)
    expect(send(tank, tagStep('alice/bb', 'v1', B, cookie)).status).toBe(200)
    const read = bearing(readToken(tank, 'alice/bb'))
    const tags = at('GET', 'repositories/alice/bb/tags', read)
    expect(at('GET', `images/${B}/layer`, read).status).toBe(401)
    expect(at('GET', `images/${B}/layer`, { ...read, ...cookieOf(tags) }).text).toBe('layer-b')
  })

  it('is not spent by a check that fails', () => {
    const headers = bearing(write())
    expect(at('GET', `images/${A}/json`, headers).status).toBe(401)
    expect(at('GET', 'repositories/alice/cc/tags', headers).status).toBe(401)
    expect(send(tank, uploadSteps(made('a'), headers)[0]!).status).toBe(200)
    expect(ask(tank, 'PUT', `${INDEX}/repositories/alice/bb/auth`, { headers }).status).toBe(403)
  })

  it('is spent by /auth as well', () => {
    const headers = bearing(write())
    const auth = () => ask(tank, 'PUT', `${INDEX}/repositories/alice/bb/auth`, { headers }).status
    expect([auth(), auth()]).toEqual([200, 403])
  })

  it('has a cookie that holds for an hour, for that repository and that kind of request', () => {
    const cookie = cookieOf(send(tank, uploadSteps(made('a'), bearing(write()))[0]!))
    const tag = (name: string, headers: Headers) => send(tank, tagStep(name, 'v1', A, headers)).status
    expect(at('GET', `images/${A}/json`, cookie).status).toBe(401)
    expect(tag('alice/cc', cookie)).toBe(401)
    expect(tag('alice/bb', { cookie: cookie.cookie.replace(/.$/, '_') })).toBe(401)
    expect(tag('alice/bb', { cookie: 'session=e30.x' })).toBe(401)
    tank.clock.advance(3_599_000)
    expect(tag('alice/bb', cookie)).not.toBe(401)
    tank.clock.advance(1_000)
    expect(tag('alice/bb', cookie)).toBe(401)
  })
})

describe('the header of a token', () => {
  const wanted = { signature: 'abc', repository: 'alice/bb', access: 'read' }
  it.each([
    'Token signature=abc,repository="alice/bb",access=read',
    'token signature=abc, repository=alice/bb, access=read',
    'Token Token signature=abc,repository="alice/bb",access=read',
    'Token access:read,signature="abc",repository: alice/bb',
  ])('is understood as docker-registry did: %s', (header) => {
    expect(parseToken(header)).toEqual(wanted)
  })

  it('of another kind is none, whatever stands there', () => {
    expect([parseToken(undefined), parseToken('Basic YQ=='), parseToken('Tokensignature=a')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    fc.assert(
      fc.property(fc.string({ maxLength: 300, size: 'max', unit: 'binary' }), (text) => {
        expect([401, 404]).toContain(at('GET', 'repositories/alice/bb/tags', { authorization: `Token ${text}` }).status)
      }),
    )
  })
})
