import { describe, expect, it } from 'vitest'
import { createWavetank } from '../../../src/index.ts'
import { ask, HUB } from '../ask.ts'
import { API, basic, caller, logIn, push, registryToken } from './client.ts'

const world = () =>
  createWavetank({
    clock: 'manual',
    hub: {
      accounts: [
        { name: 'ann', password: 'secret' },
        { name: 'sleeper', password: 'secret', active: false },
      ],
      repositories: [{ name: 'ann/shut', visibility: 'private' }],
    },
  })

const claimsOf = (jwt: string) => JSON.parse(atob(jwt.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')))

describe('logging in', () => {
  it('gives a JWT for the password', () => {
    const tank = world()
    const said = caller(tank)('POST', '/v2/users/login/', { username: 'ann', password: 'secret' })
    expect([said.status, Object.keys(said.json)]).toEqual([200, ['token']])
    const claims = claimsOf(said.json.token)
    expect(claims['https://hub.docker.com']).toMatchObject({ username: 'ann', email: 'ann@example.com' })
    expect(claims.exp - claims.iat).toBe(30 * 24 * 3600)
    expect(logIn(tank, 'ann')('GET', '/v2/user').json).toMatchObject({ username: 'ann', type: 'User' })
  })

  it('takes a form too, and the older word for a bearer', () => {
    const tank = world()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const { token } = ask(tank, 'POST', `${API}/v2/users/login`, { headers, body: 'username=ann&password=secret' }).json
    expect(ask(tank, 'GET', `${API}/v2/user/`, { headers: { authorization: `JWT ${token}` } }).status).toBe(200)
  })

  it.each([
    ['ann', 'wrong'],
    ['nobody', 'secret'],
    ['sleeper', 'secret'],
  ])('refuses %s with %s', (username, password) => {
    const call = caller(world())
    const said = call('POST', '/v2/users/login', { username, password })
    expect([said.status, said.json]).toEqual([401, { detail: 'Incorrect authentication credentials' }])
    const short = call('POST', '/v2/auth/token', { identifier: username, secret: password })
    expect([short.status, short.json]).toEqual([401, { message: 'unauthorized', errinfo: {} }])
  })

  it('says what is missing', () => {
    const said = caller(world())('POST', '/v2/auth/token', {})
    expect([said.status, said.json]).toEqual([
      400,
      { message: 'body is invalid', errinfo: { identifier: 'value is required', secret: 'value is required' } },
    ])
    expect(ask(world(), 'POST', `${API}/v2/auth/token`, { body: '{' }).status).toBe(400)
    expect(caller(world())('POST', '/v2/users/2fa-login', { login_2fa_token: 'x', code: '1' }).json).toEqual({
      detail: 'Incorrect authentication credentials',
    })
  })

  it('ends after ten minutes of the virtual clock where it is short', () => {
    const tank = world()
    const { access_token } = caller(tank)('POST', '/v2/auth/token', { identifier: 'ann', secret: 'secret' }).json
    const call = caller(tank, access_token)
    tank.clock.advance(599_000)
    expect(call('GET', '/v2/user').status).toBe(200)
    tank.clock.advance(1_000)
    expect([call('GET', '/v2/user').status, call('GET', '/v2/user').json.message]).toEqual([401, 'unauthorized'])
  })

  it('opens no registry, and a token of the registry opens no session', () => {
    const tank = world()
    const { token } = caller(tank)('POST', '/v2/users/login', { username: 'ann', password: 'secret' }).json
    expect(ask(tank, 'GET', `${HUB}/v2/`, { headers: { authorization: `Bearer ${token}` } }).status).toBe(401)
    expect(caller(tank, registryToken(tank, 'ann', 'ann/shut', 'pull'))('GET', '/v2/user').status).toBe(401)
    expect(caller(createWavetank({ seed: 'elsewhere' }), token)('GET', '/v2/user').status).toBe(401)
  })
})

describe('personal access tokens', () => {
  const create = (tank: ReturnType<typeof world>, scopes: string[], more = {}) =>
    logIn(tank, 'ann')('POST', '/v2/access-tokens', { token_label: 'ci', scopes, ...more })

  it('are made, listed, read, changed and deleted; the secret is shown once', () => {
    const tank = world()
    const made = create(tank, ['repo:read'])
    expect(made.status).toBe(201)
    expect(made.json.token).toMatch(/^dckr_pat_[\w-]{27}$/)
    const ann = logIn(tank, 'ann')
    const path = `/v2/access-tokens/${made.json.uuid}`
    expect(ann('GET', '/v2/access-tokens').json).toEqual({
      count: 1,
      next: null,
      previous: null,
      active_count: 1,
      results: [{ ...made.json, token: '' }],
    })
    expect(ann('GET', path).json).toMatchObject({ token: '', token_label: 'ci', is_active: true, last_used: null })
    expect(ann('PATCH', path, { is_active: false, token_label: 'old' }).json).toMatchObject({
      is_active: false,
      token_label: 'old',
    })
    expect(ann('DELETE', path).status).toBe(204)
    expect([ann('GET', path).status, ann('DELETE', path).status]).toEqual([404, 404])
  })

  it('are of one account, and managed by the password alone', () => {
    const tank = createWavetank({
      clock: 'manual',
      hub: { accounts: ['ann', 'bob'].map((name) => ({ name, password: 'secret' })) },
    })
    const { uuid, token } = create(tank, ['repo:admin']).json
    expect(logIn(tank, 'bob')('GET', `/v2/access-tokens/${uuid}`).status).toBe(404)
    const byToken = logIn(tank, 'ann', token)('GET', '/v2/access-tokens')
    expect([byToken.status, byToken.json.message]).toEqual([
      403,
      'token issued from personal access token is not allowed',
    ])
    expect(caller(tank)('GET', '/v2/access-tokens').json).toEqual({ message: 'unauthorized', errinfo: {} })
    expect(caller(tank, token)('GET', '/v2/access-tokens').status).toBe(401)
  })

  it.each([
    [{ scopes: ['repo:read'] }, 'token_label'],
    [{ token_label: 'x' }, 'scopes'],
    [{ token_label: 'x', scopes: ['repo:everything'] }, 'scopes'],
    [{ token_label: 'x'.repeat(101), scopes: ['repo:read'] }, 'token_label'],
    [{ token_label: 'x', scopes: ['repo:read'], expires_at: 'tomorrow' }, 'expires_at'],
    [{ token_label: 'x', scopes: ['repo:read'], expires_at: '2001-01-01T00:00:00Z' }, 'expires_at'],
  ])('refuses %j', (body, field) => {
    const said = logIn(world(), 'ann')('POST', '/v2/access-tokens', body)
    expect([said.status, Object.keys(said.json.errinfo)]).toEqual([400, [field]])
  })

  it('stand in the password’s place in the token server, and give no more than their scopes', () => {
    const tank = world()
    const accessOf = (secret: string, actions = 'pull,push,delete') =>
      claimsOf(registryToken(tank, 'ann', 'ann/shut', actions, secret)).access.flatMap(
        (scope: { actions: string[] }) => scope.actions,
      )
    const secretOf = (scope: string) => create(tank, [scope]).json.token
    expect(accessOf(secretOf('repo:admin'))).toEqual(['pull', 'push', 'delete'])
    expect(accessOf(secretOf('repo:write'))).toEqual(['pull', 'push'])
    expect(accessOf(secretOf('repo:read'))).toEqual(['pull'])
    expect(accessOf(secretOf('repo:public_read'))).toEqual([])
    expect(push(tank, 'ann', 'ann/shut', '1', '1', secretOf('repo:read')).status).toBe(401)
    expect(push(tank, 'ann', 'ann/shut', '1', '1', secretOf('repo:write')).status).toBe(201)
  })

  it('are worth nothing once they are off, over or deleted', () => {
    const tank = world()
    const status = (secret: string) =>
      ask(tank, 'GET', 'https://auth.docker.io/token', { headers: basic('ann', secret) }).status
    const off = create(tank, ['repo:read']).json
    const over = create(tank, ['repo:read'], { expires_at: '2025-01-01T01:00:00Z' }).json
    const deleted = create(tank, ['repo:read']).json
    expect([off, over, deleted].map(({ token }) => status(token))).toEqual([200, 200, 200])
    const session = logIn(tank, 'ann', off.token)
    expect(session('GET', '/v2/user').status).toBe(200)
    const ann = logIn(tank, 'ann')
    ann('PATCH', `/v2/access-tokens/${off.uuid}`, { is_active: false })
    ann('DELETE', `/v2/access-tokens/${deleted.uuid}`)
    tank.clock.advance(3_600_000)
    expect([off, over, deleted].map(({ token }) => status(token))).toEqual([401, 401, 401])
    expect(session('GET', '/v2/user').status).toBe(401)
    expect(logIn(tank, 'ann')('GET', `/v2/access-tokens/${off.uuid}`).json.last_used).toMatch(/^2025-01-01T00/)
  })

  it('end what refresh tokens came of them', () => {
    const tank = world()
    const { token, uuid } = create(tank, ['repo:read']).json
    const post = (form: Record<string, string>) =>
      ask(tank, 'POST', 'https://auth.docker.io/token', { body: new URLSearchParams(form).toString() })
    const password = { grant_type: 'password', username: 'ann', password: token, access_type: 'offline' }
    const { refresh_token } = post(password).json
    const again = { grant_type: 'refresh_token', refresh_token, scope: 'repository:ann/shut:pull,push' }
    expect(claimsOf(post(again).json.token).access).toEqual([
      { type: 'repository', name: 'ann/shut', actions: ['pull'] },
    ])
    logIn(tank, 'ann')('DELETE', `/v2/access-tokens/${uuid}`)
    expect(post(again).status).toBe(401)
  })
})

describe('the limit of the API', () => {
  const limited = () =>
    createWavetank({ clock: 'manual', hub: { accounts: [{ name: 'ann', password: 'secret' }], apiRateLimit: 2 } })

  it('counts requests in a minute, for each account and for those without', () => {
    const tank = limited()
    const anyone = caller(tank)
    const path = '/v2/repositories/library/busybox'
    expect(anyone('GET', path).headers).toMatchObject({
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': '1735689660',
    })
    const ann = logIn(tank, 'ann')
    expect(ann('GET', path).headers['x-ratelimit-remaining']).toBe('1')
    const refused = anyone('GET', path)
    expect([refused.status, refused.json, refused.headers['x-retry-after']]).toEqual([
      429,
      { detail: 'Rate limit exceeded', error: false },
      '1735689660',
    ])
    tank.clock.advance(60_000)
    expect(anyone('GET', path).status).toBe(200)
  })

  it('is none unless it is said so', () => {
    expect(caller(world())('GET', '/v2/repositories/library/busybox').headers).not.toHaveProperty('x-ratelimit-limit')
  })
})

it('answers what is no path of it in its own way', () => {
  const lost = caller(world())('GET', '/v2/nowhere')
  expect([lost.status, lost.json]).toEqual([404, { message: '404: Page Not Found' }])
  const wrong = caller(world())('PUT', '/v2/access-tokens')
  expect([wrong.status, wrong.headers.allow, wrong.json]).toEqual([
    405,
    'GET, POST',
    { message: '405: Method Not Allowed' },
  ])
})
