import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { grant } from '../../../src/hub/auth/grant.ts'
import { hmac } from '../../../src/hub/auth/hmac.ts'
import { REGISTRY_HOST } from '../../../src/hub/hosts.ts'
import { rights } from '../../../src/hub/repositories/rights.ts'
import { createWavetank } from '../../../src/index.ts'
import { ask, codesOf, HUB } from '../ask.ts'

const TOKEN = 'https://auth.docker.io/token'
const BUSYBOX = `${HUB}/v2/library/busybox/manifests/latest`
const PULL = 'repository:library/busybox:pull'

const world = (rateLimit?: { anonymous: number; account: number }) =>
  createWavetank({
    clock: 'manual',
    hub: {
      accounts: [
        { name: 'ann', password: 'secret' },
        { name: 'bob', password: 'secret' },
        { name: 'new', password: 'secret', active: false },
      ],
      repositories: [{ name: 'ann/open' }, { name: 'ann/shut', visibility: 'private', collaborators: ['bob'] }],
      ...(rateLimit ? { rateLimit } : {}),
    },
  })

const basic = (name: string, password = 'secret') => ({ authorization: `Basic ${btoa(`${name}:${password}`)}` })
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const accessOf = (token: string) => JSON.parse(atob(token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/'))).access

describe('the handshake', () => {
  it('challenges, gives a token, lets in', () => {
    const tank = world()
    const challenged = ask(tank, 'GET', `${HUB}/v2/`)
    expect(challenged.status).toBe(401)
    expect(challenged.headers['www-authenticate']).toBe(
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
    )
    const { token, expires_in } = ask(tank, 'GET', `${TOKEN}?service=registry.docker.io&scope=${PULL}`).json
    expect(expires_in).toBe(300)
    expect(ask(tank, 'GET', BUSYBOX, { headers: bearer(token) }).status).toBe(200)
  })

  it('says which scope is missing', () => {
    const tank = world()
    const { token } = ask(tank, 'GET', `${TOKEN}?scope=repository:ann/shut:pull`).json
    const refused = ask(tank, 'GET', `${HUB}/v2/ann/shut/manifests/1`, { headers: bearer(token) })
    expect([refused.status, codesOf(refused)]).toEqual([401, ['UNAUTHORIZED']])
    expect(refused.headers['www-authenticate']).toContain('scope="repository:ann/shut:pull",error="insufficient_scope"')
  })

  it('knows passwords, and inactive accounts', () => {
    const tank = world()
    const status = (headers: Readonly<Record<string, string>>) => ask(tank, 'GET', TOKEN, { headers }).status
    expect(status(basic('ann'))).toBe(200)
    expect([status(basic('ann', 'wrong')), status(basic('nobody')), status(basic('new'))]).toEqual([401, 401, 401])
    expect(ask(tank, 'GET', TOKEN, { headers: basic('new') }).json).toEqual({
      details: 'incorrect username or password',
    })
  })

  it('gives refresh tokens by OAuth2, which open nothing themselves', () => {
    const tank = world()
    const post = (form: Record<string, string>) =>
      ask(tank, 'POST', TOKEN, { body: new URLSearchParams(form).toString() })
    const first = post({ grant_type: 'password', username: 'ann', password: 'secret', access_type: 'offline' }).json
    expect(ask(tank, 'GET', `${HUB}/v2/`, { headers: bearer(first.refresh_token) }).status).toBe(401)
    const scope = 'repository:ann/shut:pull,push'
    const second = post({ grant_type: 'refresh_token', refresh_token: first.refresh_token, scope }).json
    expect(accessOf(second.token)).toEqual([{ type: 'repository', name: 'ann/shut', actions: ['pull', 'push'] }])
    expect(post({ grant_type: 'refresh_token', refresh_token: second.token, scope }).status).toBe(401)
    expect(post({ grant_type: 'password', username: 'ann', password: 'x' }).status).toBe(401)
  })
})

describe('a token', () => {
  it('ends with its time', () => {
    const tank = world()
    const { token } = ask(tank, 'GET', `${TOKEN}?scope=${PULL}`).json
    tank.clock.advance(299_000)
    expect(ask(tank, 'GET', BUSYBOX, { headers: bearer(token) }).status).toBe(200)
    tank.clock.advance(1_000)
    const late = ask(tank, 'GET', BUSYBOX, { headers: bearer(token) })
    expect([late.status, late.headers['www-authenticate']]).toEqual([
      401,
      expect.stringContaining('error="invalid_token"'),
    ])
  })

  it('of another world, and each forged one, is worth nothing', () => {
    const tank = world()
    const { token } = ask(tank, 'GET', `${TOKEN}?scope=${PULL}`).json as { token: string }
    const other = createWavetank({ clock: 'manual', seed: 'elsewhere' })
    expect(ask(other, 'GET', BUSYBOX, { headers: bearer(token) }).status).toBe(401)
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'abcXYZ012_-.'), (at, letter) => {
        fc.pre(token[at] !== letter)
        const forged = token.slice(0, at) + letter + token.slice(at + 1)
        expect(ask(tank, 'GET', BUSYBOX, { headers: bearer(forged) }).status).toBe(401)
      }),
    )
  })

  it('gives what the account may do of what was asked for, and all of it', () => {
    const { state } = world().hub.store
    const name = fc.constantFrom('library/busybox', 'ann/open', 'ann/shut', 'ann/none', 'bob/none', 'none/none')
    const actions = fc.uniqueArray(fc.constantFrom('pull', 'push', 'delete', '*', ''))
    const scope = fc.record({ type: fc.constantFrom('repository', 'registry'), name, actions })
    fc.assert(
      fc.property(fc.constantFrom('', 'ann', 'bob'), fc.array(scope, { maxLength: 4 }), (who, asked) => {
        const account = state.accounts.get(who)
        const granted = grant(state, account && { account }, REGISTRY_HOST, asked).flatMap((one) =>
          one.actions.map((action) => `${one.name} ${action}`),
        )
        const allowed = asked.flatMap((one) => {
          const { pull, push, admin } = rights(state, account && { account }, REGISTRY_HOST, one.name)
          const may =
            one.type === 'repository'
              ? [...(pull ? ['pull'] : []), ...(push ? ['push'] : []), ...(admin ? ['delete'] : [])]
              : []
          return one.actions.filter((action) => may.includes(action)).map((action) => `${one.name} ${action}`)
        })
        expect(granted).toEqual(allowed)
      }),
      { numRuns: 300 },
    )
  })

  it('is signed as RFC 4231 has it', () => {
    const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    expect(hex(hmac('Jefe', 'what do ya want for nothing?'))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })
})

describe('rights', () => {
  it.each([
    ['', 'library/busybox', true, false, false],
    ['ann', 'library/busybox', true, false, false],
    ['', 'ann/open', true, false, false],
    ['bob', 'ann/open', true, false, false],
    ['', 'ann/shut', false, false, false],
    ['bob', 'ann/shut', true, true, false],
    ['ann', 'ann/none', true, true, true],
    ['bob', 'ann/none', false, false, false],
  ])('of %j on %s: pull %j, push %j, admin %j', (who, name, pull, push, admin) => {
    const { state } = world().hub.store
    const account = state.accounts.get(who)
    expect(rights(state, account && { account }, REGISTRY_HOST, name)).toEqual({ pull, push, admin })
  })
})

describe('the rate limit', () => {
  it('counts pulls and not looks, for each account and for those without, and begins anew', () => {
    const tank = world({ anonymous: 2, account: 3 })
    const headersOf = (name?: string) =>
      bearer(ask(tank, 'GET', `${TOKEN}?scope=${PULL}`, name ? { headers: basic(name) } : {}).json.token)
    const get = (method = 'GET', name?: string) => ask(tank, method, BUSYBOX, { headers: headersOf(name) })
    expect(get('HEAD').headers).toMatchObject({ 'ratelimit-limit': '2;w=21600', 'ratelimit-remaining': '2;w=21600' })
    expect(get().headers['ratelimit-remaining']).toBe('1;w=21600')
    expect(get().headers['ratelimit-remaining']).toBe('0;w=21600')
    const refused = get()
    expect([refused.status, codesOf(refused), refused.json.errors[0].message]).toEqual([
      429,
      ['TOOMANYREQUESTS'],
      'You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    ])
    expect(get('HEAD').status).toBe(429)
    const asAnn = get('GET', 'ann').headers
    expect(asAnn['ratelimit-remaining']).toBe('2;w=21600')
    expect([refused.headers['docker-ratelimit-source'], asAnn['docker-ratelimit-source']]).toEqual([
      '127.0.0.1',
      expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
    ])
    // The limit's headers stand on its refusal, too.
    expect(refused.headers).toMatchObject({ 'ratelimit-limit': '2;w=21600', 'ratelimit-remaining': '0;w=21600' })
    tank.clock.advance(21_600_000)
    expect(get().headers['ratelimit-remaining']).toBe('1;w=21600')
  })
})
