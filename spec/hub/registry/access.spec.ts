import { beforeEach, describe, expect, it } from 'vitest'
import { basicHeader } from '../../../src/http/credentials.ts'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { ask, HUB, type Said } from '../ask.ts'

const BASIC = 'https://basic.example.com'
const TOKEN = 'https://token.example.com'
const ME = basicHeader({ username: 'me', password: 'secret' })

let tank: Wavetank
beforeEach(() => {
  tank = createWavetank({
    clock: 'manual',
    hub: { accounts: [{ name: 'me', password: 'secret' }] },
    registries: [
      { host: 'basic.example.com', access: 'basic' },
      { host: 'token.example.com', access: 'token' },
      { host: 'open.example.com' },
    ],
  })
})
const get = (url: string, authorization?: string): Said =>
  ask(tank, 'GET', url, authorization === undefined ? {} : { headers: { authorization } })

describe('an open registry', () => {
  it('lets anybody do anything', () => {
    expect(get('https://open.example.com/v2/').status).toBe(200)
    expect(ask(tank, 'POST', 'https://open.example.com/v2/a/b/blobs/uploads/').status).toBe(202)
  })
})

describe('a registry with a password', () => {
  it('asks for it, everywhere', () => {
    for (const path of ['/v2/', '/v2/_catalog', '/v2/a/b/tags/list', '/v2/a/b/manifests/x']) {
      const refused = get(BASIC + path)
      expect([refused.status, refused.headers['www-authenticate']]).toEqual([401, 'Basic realm="Registry Realm"'])
    }
    expect(get(`${BASIC}/v2/`, ME).status).toBe(200)
    expect(get(`${BASIC}/v2/_catalog`, ME).json).toEqual({ repositories: [] })
    expect(get(`${BASIC}/v2/`, basicHeader({ username: 'me', password: 'wrong' })).status).toBe(401)
  })
})

describe('a registry with tokens', () => {
  const token = (url: string, authorization?: string): string => get(url, authorization).json.token
  const scoped = (scope: string) => `${TOKEN}/token?service=token.example.com&scope=${scope}`

  it('says where to get them, and for what', () => {
    expect(get(`${TOKEN}/v2/a/b/tags/list`).headers['www-authenticate']).toBe(
      'Bearer realm="https://token.example.com/token",service="token.example.com",scope="repository:a/b:pull"',
    )
  })

  it('gives those with an account everything, and nobody else anything', () => {
    const mine = `Bearer ${token(scoped('repository:a/b:pull,push,*'), ME)}`
    expect(get(`${TOKEN}/v2/a/b/tags/list`, mine).json.errors[0].code).toBe('NAME_UNKNOWN')
    const nobodys = get(`${TOKEN}/v2/a/b/tags/list`, `Bearer ${token(scoped('repository:a/b:pull'))}`)
    expect([nobodys.status, nobodys.headers['www-authenticate']]).toEqual([
      401,
      expect.stringContaining('error="insufficient_scope"'),
    ])
    expect(get(`${TOKEN}/v2/_catalog`, `Bearer ${token(scoped('registry:catalog:*'), ME)}`).status).toBe(200)
  })

  it('does not take those for another registry', () => {
    const hubs = `Bearer ${token('https://auth.docker.io/token?service=registry.docker.io&scope=repository:me/x:pull', ME)}`
    expect(get(`${HUB}/v2/`, hubs).status).toBe(200)
    const refused = get(`${TOKEN}/v2/`, hubs)
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([
      401,
      expect.stringContaining('error="invalid_token"'),
    ])
    expect(get(`${HUB}/v2/`, `Bearer ${token(scoped('repository:a/b:pull'), ME)}`).status).toBe(401)
  })

  it('gives a refresh token to those who ask for one, which gives tokens for this registry only', () => {
    const { refresh_token } = get(`${TOKEN}/token?service=token.example.com&offline_token=true`, ME).json
    const again = (service: string) =>
      ask(tank, 'POST', `${TOKEN}/token`, {
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          service,
          client_id: 'x',
          scope: 'repository:a/b:pull',
          refresh_token,
        }).toString(),
      })
    const { access_token } = again('token.example.com').json
    expect(get(`${TOKEN}/v2/a/b/tags/list`, `Bearer ${access_token}`).status).toBe(404)
    expect(again('registry.docker.io').status).toBe(401)
    expect(get(`${TOKEN}/v2/`, `Bearer ${refresh_token}`).status).toBe(401)
  })
})

describe('Docker Hub', () => {
  it('lists its repositories to nobody', () => {
    const token = get('https://auth.docker.io/token?service=registry.docker.io&scope=registry:catalog:*', ME).json.token
    const refused = get(`${HUB}/v2/_catalog`, `Bearer ${token}`)
    expect([refused.status, refused.json.errors[0].detail]).toEqual([
      401,
      [{ Type: 'registry', Class: '', Name: 'catalog', Action: '*' }],
    ])
  })
})

describe('a repository that is out of order', () => {
  it.each([
    [429, 'TOOMANYREQUESTS'],
    [500, 'UNKNOWN'],
    [503, 'UNAVAILABLE'],
  ] as const)('answers %i to everything', (fault, code) => {
    const broken = createWavetank({ clock: 'manual', hub: { repositories: [{ name: 'me/broken', fault }] } })
    for (const path of ['tags/list', 'manifests/1']) {
      const refused = ask(broken, 'GET', `${HUB}/v2/me/broken/${path}`)
      expect([refused.status, refused.json.errors[0].code]).toEqual([fault, code])
    }
  })
})
