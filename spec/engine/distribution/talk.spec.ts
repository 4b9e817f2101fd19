import { describe, expect, it } from 'vitest'
import { anonymous } from '../../../src/engine/distribution/credentials.ts'
import { pull as pullTalk } from '../../../src/engine/distribution/pull.ts'
import { type Telling, tell } from '../../../src/engine/distribution/talk.ts'
import { emptyEngine } from '../../../src/engine/state.ts'
import { utf8 } from '../../../src/http/json-lines.ts'
import { type Answer, json } from '../../../src/http/reply.ts'
import { digestOf } from '../../../src/storage/digest.ts'
import { call, GOOD, pull, push, requestsOf, world } from './engine.ts'

const request = { image: 'busybox', tag: 'latest', platform: '', credentials: anonymous }
/** What comes of the last of the answers. */
const told = (...answers: readonly (Answer | undefined)[]) => {
  const heard = answers.map((answer) => ({ answer, known: emptyEngine }))
  const { lines, next } = tell((telling) => pullTalk(request, telling), emptyEngine, heard)
  return { lines, ...next }
}

describe('a talk', () => {
  it('asks again for the same when it is told again', () => {
    expect(told()).toEqual(told())
    const first = { method: 'GET', origin: 'https://registry-1.docker.io', target: '/v2/' }
    expect(told()).toMatchObject({ ask: { request: first } })
    const then = { method: 'HEAD', target: '/v2/library/busybox/manifests/latest' }
    expect(told(json({}))).toMatchObject({ ask: { request: then } })
  })

  it('is not told again as it goes on, but in a fork', () => {
    let begun = 0
    const begin = (telling: Telling) => {
      begun++
      return pullTalk(request, telling)
    }
    const known = { ...emptyEngine }
    const digest = `sha256:${'a'.repeat(64)}`
    const heard = [json({}), { status: 200, headers: [['Docker-Content-Digest', digest]] } as const].map((answer) => ({
      answer,
      known,
    }))
    const next = [0, 1, 2].map((n) => tell(begin, known, heard.slice(0, n)))
    expect(begun).toBe(1)
    const again = [1, 2].map((n) => tell(begin, known, heard.slice(0, n)))
    expect(again).toEqual(next.slice(1))
    expect(begun).toBe(2)
  })

  it.each([
    [500, 'received unexpected HTTP status: 500 Internal Server Error'],
    [503, 'received unexpected HTTP status: 503 Service Unavailable'],
  ])('says of %d what the daemon says', (status, message) => {
    const broken: Answer = { status, text: 'oops' }
    expect(told(json({}), broken, broken)).toMatchObject({ outcome: { problem: { kind: 'System', message } } })
  })

  it('does not take bytes for what they are not', () => {
    const digest = `sha256:${'a'.repeat(64)}`
    const head: Answer = { status: 200, headers: [['Docker-Content-Digest', digest]] }
    const message = `manifest verification failed for digest ${digest}`
    expect(told(json({}), head, json({}))).toMatchObject({ outcome: { problem: { message } } })
  })

  it('refuses manifests of the first schema, after it has said what it pulls', () => {
    const bytes = utf8(JSON.stringify({ schemaVersion: 1, name: 'library/busybox', tag: 'latest', fsLayers: [] }))
    const head: Answer = { status: 200, headers: [['Docker-Content-Digest', digestOf(bytes)]] }
    expect(told(json({}), head)).toMatchObject({ lines: [{ status: 'Pulling from library/busybox' }] })
    expect(told(json({}), head, { status: 200, bytes: [bytes] })).toMatchObject({
      outcome: {
        problem: {
          message: expect.stringMatching(
            /^\[DEPRECATION NOTICE\] Docker Image Format v1 .* Suggest the author of docker\.io\/library\/busybox:latest to upgrade/,
          ),
        },
      },
    })
  })
})

describe('login', () => {
  const login = (body: object) => call(world(), 'POST', '/auth', { body })
  it('with good credentials, to the Hub and to a registry of one’s own', async () => {
    const good = { IdentityToken: '', Status: 'Login Succeeded' }
    expect((await login(GOOD)).json).toEqual(good)
    expect((await login({ ...GOOD, serveraddress: 'https://index.docker.io/v1/' })).json).toEqual(good)
    expect((await login({ username: 'a', password: 'b', serveraddress: '127.0.0.1:5000' })).json).toEqual(good)
  })

  it('refuses others', async () => {
    const bad = await login({ ...GOOD, password: 'nope' })
    expect([bad.status, bad.json.message]).toEqual([
      401,
      'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password',
    ])
    const nowhere = await login({ ...GOOD, serveraddress: 'ghcr.io' })
    expect([nowhere.status, nowhere.json.message]).toEqual([
      500,
      'Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io: no such host',
    ])
  })
})

describe('search', () => {
  const hub = {
    repositories: [
      { name: 'foo/busybox', stars: 5, description: 'mine' },
      { name: 'foo/hidden-busybox', visibility: 'private' as const },
    ],
  }
  const search = async (query: string) => {
    const { status, json: found } = await call(world({ hub }), 'GET', `/images/search?${query}`)
    return [status, Array.isArray(found) ? found.map(({ name }) => name) : found.message]
  }
  const filters = (value: object) => `&filters=${encodeURIComponent(JSON.stringify(value))}`
  it.each([
    ['term=busybox', [200, ['busybox', 'foo/busybox']]],
    ['term=busybox&limit=1', [200, ['busybox']]],
    [`term=busybox${filters({ 'is-official': ['true'] })}`, [200, ['busybox']]],
    [`term=busybox${filters({ 'is-official': ['false'] })}`, [200, ['foo/busybox']]],
    [`term=busybox${filters({ stars: ['100'] })}`, [200, ['busybox']]],
    [`term=x${filters({ nosuch: ['1'] })}`, [400, "invalid filter 'nosuch'"]],
    ['term=x&limit=101', [400, 'limit 101 is outside the range of [1, 100]']],
    ['term=x&limit=abc', [400, 'invalid limit specified: strconv.Atoi: parsing "abc": invalid syntax']],
  ])('%s', async (query, expected) => {
    expect(await search(query)).toEqual(expected)
  })
})

describe('search, beside the Hub', () => {
  it('asks the registry that the term names', async () => {
    const tank = world()
    await pull(tank, 'busybox')
    await call(tank, 'POST', '/images/busybox/tag?repo=127.0.0.1:5000/foo/bb&tag=1')
    await push(tank, '127.0.0.1:5000/foo/bb', '1')
    const before = tank.journal.entries.length
    const found = await call(tank, 'GET', '/images/search?term=127.0.0.1:5000/bb')
    expect(found.json).toEqual([
      { star_count: 0, is_official: false, name: 'foo/bb', is_automated: false, description: '' },
    ])
    expect(requestsOf(tank, before)).toEqual([
      'GET 127.0.0.1:5000/v1/_ping 200',
      'GET 127.0.0.1:5000/v1/search?q=bb&n=25 200',
    ])
  })

  it('says who asks, so that wrong credentials are refused', async () => {
    const told = await call(world(), 'GET', '/images/search?term=busybox', { auth: { ...GOOD, password: 'x' } })
    expect([told.status, told.json.message]).toEqual([500, 'Unexpected status code 401'])
  })

  it('calls what is automated trusted, for clients of before 1.20', async () => {
    const answer = await world().fetch(new Request('http://docker/v1.15/images/search?term=busybox'))
    expect((await answer.json())[0]).toEqual({
      description: expect.any(String),
      is_official: true,
      is_trusted: false,
      name: 'busybox',
      star_count: expect.any(Number),
    })
  })
})

describe('distribution inspect', () => {
  const inspect = (name: string) => call(world(), 'GET', `/distribution/${name}/json`)
  it('tells the descriptor and the platforms', async () => {
    expect((await inspect('busybox')).json).toEqual({
      Descriptor: {
        mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        size: expect.any(Number),
      },
      Platforms: [{ architecture: 'amd64', os: 'linux' }],
    })
  })

  it.each([
    ['busybox:nope', 404, 'manifest unknown: manifest unknown'],
    [
      'nosuch',
      403,
      'errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required\n',
    ],
    ['BAD', 400, 'invalid reference format: repository name (library/BAD) must be lowercase'],
    ['0'.repeat(64), 500, 'no manifest found for full image ID'],
  ])('refuses %s', async (name, status, message) => {
    const said = await inspect(name)
    expect([said.status, said.json.message]).toEqual([status, message])
  })
})
