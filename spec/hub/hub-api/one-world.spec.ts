import { beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { ask } from '../ask.ts'
import { ALICE, allocate, bearing, INDEX, made, push as pushV1, REGISTRY, readToken } from '../v1.ts'
import { basic, type Call, caller, logIn, pull, push } from './client.ts'

let tank: Wavetank
let alice: Call
beforeEach(() => {
  tank = createWavetank({
    clock: 'manual',
    hub: { accounts: ['alice', 'bobby'].map((name) => ({ name, password: 'secret1' })) },
  })
  alice = logIn(tank, 'alice', 'secret1')
})

const APP = '/v2/repositories/alice/app'
const imagesV1 = (headers = ALICE) => ask(tank, 'GET', `${INDEX}/repositories/alice/app/images`, { headers })

describe('the Hub of 2014 and that of today', () => {
  it('show a push of v1 in the API, and to clients of v2', () => {
    pushV1(tank, 'alice/app', [made('a'), made('b', 'a')], '1.0')
    const tag = alice('GET', `${APP}/tags/1.0`).json
    expect(tag).toMatchObject({
      name: '1.0',
      content_type: 'image',
      last_updater_username: 'alice',
      images: [{ architecture: '', digest: tag.digest }],
    })
    expect(tag.full_size).toBeGreaterThan(0)
    expect(pull(tank, 'alice', 'alice/app', '1.0', 'secret1').headers['docker-content-digest']).toBe(tag.digest)
    expect(alice('GET', APP).json).toMatchObject({ pull_count: 1, affiliation: 'owner', content_types: ['image'] })
  })

  it('show a repository from the moment its name is taken by v1, empty as yet', () => {
    expect(alice('GET', APP).status).toBe(404)
    expect(allocate(tank, 'alice/app', [made('a')]).status).toBe(200)
    expect(alice('GET', APP).json).toMatchObject({ name: 'app', is_private: false, content_types: [], pull_count: 0 })
    expect(alice('GET', '/v2/namespaces/alice/repositories').json).toMatchObject({ count: 1 })
    expect(alice('GET', `${APP}/tags`).json).toMatchObject({ count: 0, results: [] })
    expect(imagesV1()).toMatchObject({ status: 200, json: [{ id: made('a').id }] })
    pushV1(tank, 'alice/app', [made('a')], '1.0')
    expect(alice('GET', `${APP}/tags`).json).toMatchObject({ count: 1 })
  })

  it('show a repository that the API made, private or not', () => {
    alice('POST', '/v2/namespaces/alice/repositories', { name: 'app', is_private: true })
    expect(imagesV1()).toMatchObject({ status: 200, json: [] })
    expect(imagesV1(basic('bobby', 'secret1')).status).toBe(404)
    alice('POST', `${APP}/privacy`, { is_private: false })
    expect(imagesV1(basic('bobby', 'secret1')).status).toBe(200)
  })

  it('show a push of v2 to clients of v1', () => {
    push(tank, 'alice', 'alice/app', '2.0', 'x', 'secret1')
    const headers = bearing(readToken(tank, 'alice/app', ALICE))
    expect(Object.keys(ask(tank, 'GET', `${REGISTRY}/repositories/alice/app/tags`, { headers }).json)).toEqual(
      alice('GET', `${APP}/tags`).json.results.map(({ name }: { name: string }) => name),
    )
  })

  it('have nothing left of what was deleted by either', () => {
    pushV1(tank, 'alice/app', [made('a')])
    expect(alice('DELETE', APP).status).toBe(202)
    expect([imagesV1().status, pull(tank, 'alice', 'alice/app', 'latest', 'secret1').status]).toEqual([404, 404])
    pushV1(tank, 'alice/app', [made('b')])
    for (let i = 0; i < 2; i++) ask(tank, 'DELETE', `${INDEX}/repositories/alice/app/`, { headers: ALICE })
    expect([alice('GET', APP).status, alice('GET', `${APP}/tags/latest`).status]).toEqual([404, 404])
  })

  it('keep to what a personal access token gives', () => {
    const secretOf = (scope: string) =>
      alice('POST', '/v2/access-tokens', { token_label: scope, scopes: [scope] }).json.token as string
    const status = (secret: string) => allocate(tank, 'alice/app', [], basic('alice', secret)).status
    expect([status(secretOf('repo:read')), status(secretOf('repo:write'))]).toEqual([403, 200])
    expect(ask(tank, 'GET', `${INDEX}/users/`, { headers: basic('alice', secretOf('repo:read')) }).status).toBe(200)
  })

  it('know an account that registered in either', () => {
    const body = JSON.stringify({ username: 'carol', password: 'secret1', email: 'carol@example.com' })
    const headers = { 'content-type': 'application/json' }
    expect(ask(tank, 'POST', `${INDEX}/users/`, { headers, body }).status).toBe(201)
    const credentials = { username: 'carol', password: 'secret1' }
    expect(caller(tank)('POST', '/v2/users/login', credentials).status).toBe(401)
    ask(tank, 'GET', tank.mailbox[0]!.link)
    expect(caller(tank)('POST', '/v2/users/login', credentials).status).toBe(200)
  })
})
