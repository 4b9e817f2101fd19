import { beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { ask, type Said } from '../ask.ts'
import {
  ALICE,
  allocate,
  BOBBY,
  bearing,
  type Headers,
  INDEX,
  idOf,
  made,
  push,
  REGISTRY,
  readToken,
  tokenOf,
  wantToken,
} from '../v1.ts'

const [A, B] = [idOf('a'), idOf('b')]
const CAROL = { authorization: `Basic ${btoa('carol:secret1')}` }
const ROOT = { authorization: `Basic ${btoa('moby:secret1')}` }

let tank: Wavetank
beforeEach(() => {
  tank = createWavetank({
    clock: 'manual',
    hub: {
      catalog: [],
      accounts: [
        { name: 'alice', password: 'secret1' },
        { name: 'bobby', password: 'secret1' },
        { name: 'carol', password: 'secret1', active: false },
        { name: 'moby', password: 'secret1', admin: true },
      ],
      repositories: [
        { name: 'alice/shut', visibility: 'private' },
        { name: 'alice/late', fault: 503 },
        { name: 'bobby/ours', visibility: 'private', collaborators: ['alice'] },
      ],
    },
  })
})

const repo = (method: string, path: string, headers: Headers = {}, body = ''): Said =>
  ask(tank, method, `${INDEX}/repositories/${path}`, { headers, body })
const told = ({ status, text }: Said) => [status, text]

describe('to begin a push', () => {
  it('takes the name and gives a token for writing', () => {
    const said = allocate(tank, 'alice/bb', [{ id: A }, { id: B, Tag: 'v1' }])
    const token = /^signature=[0-9a-f]{40},repository="alice\/bb",access=write$/
    expect(told(said)).toEqual([200, '""'])
    expect(tokenOf(said)).toMatch(token)
    expect(said.headers['www-authenticate']).toBe(`Token ${tokenOf(said)}`)
    expect(said.headers['x-docker-endpoints']).toBe('registry-1.docker.io')
  })

  it('gives none to those who do not ask for one, and never the same twice', () => {
    expect(repo('PUT', 'alice/bb/', ALICE, '[]').headers).not.toHaveProperty('x-docker-token')
    const tokens = [1, 2, 3].map(() => tokenOf(allocate(tank, 'alice/bb', [])))
    expect(new Set(tokens).size).toBe(3)
  })

  it.each([
    ['nobody', {}, 'alice/bb/', '[]', 401, ''],
    ['a wrong password', { authorization: `Basic ${btoa('alice:x')}` }, 'alice/bb/', '[]', 401, ''],
    ['an inactive account', CAROL, 'carol/bb/', '[]', 403, 'Account is not Active'],
    ['a stranger', BOBBY, 'alice/bb/', '[]', 403, 'Access Denied: Not allowed to create Repo at given location'],
    [
      'a stranger to a private one',
      BOBBY,
      'alice/shut/',
      '[]',
      403,
      "Access denied, you don't have access to this repo",
    ],
    [
      'anybody of an official name',
      ALICE,
      'busy/',
      '[]',
      403,
      'Access Denied: Not allowed to create Repo at given location',
    ],
    ['no JSON', ALICE, 'alice/bb/', 'x', 400, 'Error Decoding JSON'],
    ['no list', ALICE, 'alice/bb/', '{}', 400, 'Invalid data'],
    ['an image without an id', ALICE, 'alice/bb/', '[{"Tag":"v1"}]', 400, 'Invalid data'],
  ])('is refused for %s', (_, headers, path, body, status, words) => {
    expect(told(repo('PUT', path, headers, body))).toEqual([status, JSON.stringify(words)])
  })

  it('is allowed to collaborators, and to Docker’s own people in the library', () => {
    expect(allocate(tank, 'bobby/ours', []).status).toBe(200)
    const said = allocate(tank, 'busy', [], ROOT)
    expect([said.status, tokenOf(said)]).toEqual([200, expect.stringContaining('repository="library/busy"')])
  })

  it('only ever adds images, and keeps the checksum it has', () => {
    allocate(tank, 'alice/bb', [{ id: A, checksum: 'sha256:1' }])
    allocate(tank, 'alice/bb', [
      { id: B, Tag: 'v1' },
      { id: B, Tag: 'v2' },
      { id: A, checksum: 'sha256:2' },
    ])
    expect(repo('GET', 'alice/bb/images').text).toBe(
      JSON.stringify([
        { id: A, checksum: 'sha256:1' },
        { id: B, Tag: 'v2' },
      ]),
    )
  })
})

describe('to end a push', () => {
  it('takes an empty list, as docker sends, and one with checksums', () => {
    allocate(tank, 'alice/bb', [{ id: A }])
    expect(told(repo('PUT', 'alice/bb/images', ALICE, '[]'))).toEqual([204, ''])
    const body = JSON.stringify([{ id: A, checksum: 'sha256:1' }])
    expect(repo('PUT', 'alice/bb/images', ALICE, body).status).toBe(204)
    expect(repo('GET', 'alice/bb/images').json).toEqual([{ id: A, checksum: 'sha256:1' }])
  })

  it('is refused for what was not begun, and for others', () => {
    expect(repo('PUT', 'alice/none/images', ALICE, '[]').status).toBe(404)
    expect(repo('PUT', 'alice/none/images', BOBBY, '[]').status).toBe(403)
    expect(repo('PUT', 'alice/none/images', {}, '[]').status).toBe(401)
    expect(repo('PUT', 'alice/none/images', CAROL, '[]').status).toBe(403)
    allocate(tank, 'alice/bb', [])
    expect(repo('PUT', 'alice/bb/images', ALICE, '{').status).toBe(400)
  })
})

describe('the images of a repository', () => {
  beforeEach(() => {
    push(tank, 'alice/bb', [made('a'), made('b', 'a')], 'v1')
  })

  it('are told to everybody, with a token for those who ask', () => {
    const said = repo('GET', 'alice/bb/images', wantToken)
    expect(said.json).toEqual([{ id: A }, { id: B, Tag: 'v1' }])
    expect(tokenOf(said)).toMatch(/access=read$/)
    expect(repo('GET', 'alice/bb/images').headers).toMatchObject({ 'x-docker-endpoints': 'registry-1.docker.io' })
    expect(repo('GET', 'alice/bb/images').headers).not.toHaveProperty('x-docker-token')
  })

  it('are told to nobody who says wrongly who they are', () => {
    expect(repo('GET', 'alice/bb/images', { authorization: `Basic ${btoa('alice:x')}` }).status).toBe(401)
    expect(told(repo('GET', 'alice/bb/images', CAROL))).toEqual([403, '"Account is not Active"'])
  })

  it('of a private one are as those of none, but for its people', () => {
    push(tank, 'alice/shut', [made('c')])
    const none = repo('GET', 'alice/none/images')
    expect(told(none)).toEqual([404, '""'])
    expect(repo('GET', 'alice/shut/images')).toEqual(none)
    expect(repo('GET', 'alice/shut/images', BOBBY)).toEqual(repo('GET', 'alice/none/images', BOBBY))
    expect(repo('GET', 'alice/shut/images', ALICE).json).toEqual([{ id: idOf('c'), Tag: 'latest' }])
  })

  it('are told to the registry, which shows the token that it was shown', () => {
    const token = readToken(tank, 'alice/bb')
    expect(repo('GET', 'alice/bb/images', bearing(token)).json).toHaveLength(2)
    expect(repo('GET', 'alice/cc/images', bearing(token)).status).toBe(401)
    expect(repo('GET', 'alice/bb/images', bearing(token.replace('read', 'write'))).status).toBe(401)
  })

  it('send whoever came by another name on to the same', () => {
    const headers = { host: 'localhost:5050' }
    expect(repo('GET', 'alice/bb/images', headers).headers['x-docker-endpoints']).toBe('localhost:5050')
  })

  it('of one that is out of order are told to nobody', () => {
    expect(told(repo('GET', 'alice/late/images'))).toEqual([503, '""'])
    expect(allocate(tank, 'alice/late', []).status).toBe(503)
  })

  it('of one that came by v2 are known too', () => {
    const other = createWavetank({ clock: 'manual' })
    const list = ask(other, 'GET', `${INDEX}/repositories/busybox/images`).json
    expect(list).toEqual([{ id: expect.stringMatching(/^[0-9a-f]{64}$/), Tag: expect.any(String) }])
  })
})

describe('/auth and /access', () => {
  it('ask for a token of the repository, of whatever access', () => {
    const token = tokenOf(allocate(tank, 'alice/bb', [{ id: A }]))
    expect(told(repo('PUT', 'alice/bb/auth', bearing(token)))).toEqual([200, '"OK"'])
    expect(repo('PUT', 'alice/none/auth', bearing(token)).status).toBe(404)
    expect(repo('PUT', 'alice/bb/auth', ALICE).status).toBe(403)
    expect(repo('PUT', 'alice/bb/auth').status).toBe(403)
    allocate(tank, 'alice/cc', [])
    expect(repo('PUT', 'alice/cc/auth', bearing(token)).status).toBe(403)
  })

  it('say of a layer whether the repository may use it', () => {
    const token = tokenOf(allocate(tank, 'alice/bb', [{ id: A }]))
    expect(told(repo('GET', `alice/bb/layer/${A}/access`, bearing(token)))).toEqual([200, '{"access":true}'])
    expect(told(repo('GET', `alice/bb/layer/${B}/access`, bearing(token)))).toEqual([200, '{"access":false}'])
    expect(repo('GET', `alice/bb/layer/${A}/access`).status).toBe(401)
  })
})

describe('to delete a repository', () => {
  const remove = (headers: Headers) => repo('DELETE', 'alice/bb/', headers)

  it('is said to the Index, then to the registry, then to the Index again', () => {
    push(tank, 'alice/bb', [made('a')])
    const first = remove({ ...ALICE, ...wantToken })
    expect(told(first)).toEqual([202, '""'])
    expect(tokenOf(first)).toMatch(/access=delete$/)
    expect(repo('GET', 'alice/bb/images', ALICE).status).toBe(404)
    const registry = ask(tank, 'DELETE', `${REGISTRY}/repositories/alice/bb/`, { headers: bearing(tokenOf(first)) })
    expect(told(registry)).toEqual([200, 'true'])
    expect(told(remove({ ...ALICE, 'x-docker-endpoints': 'registry-1.docker.io' }))).toEqual([200, '""'])
    expect(remove(ALICE).status).toBe(404)
    expect(tank.hub.store.state.repositories.has('registry-1.docker.io/alice/bb')).toBe(false)
  })

  it('is refused to others', () => {
    push(tank, 'alice/bb', [made('a')])
    expect([remove({}), remove(BOBBY), remove(CAROL)].map(({ status }) => status)).toEqual([401, 403, 403])
    expect(repo('GET', 'alice/bb/images').status).toBe(200)
    expect(allocate(tank, 'bobby/ours', []).status).toBe(200)
    expect(repo('DELETE', 'bobby/ours/', ALICE).status).toBe(403)
  })

  it('may be thought better of: a push begins it anew', () => {
    push(tank, 'alice/bb', [made('a')])
    remove({ ...ALICE, ...wantToken })
    push(tank, 'alice/bb', [made('b')])
    expect(repo('GET', 'alice/bb/images').status).toBe(200)
  })
})
