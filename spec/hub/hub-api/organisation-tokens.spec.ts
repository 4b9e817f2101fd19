import { beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { ask } from '../ask.ts'
import { API, basic, type Call, caller, logIn, pull, push, registryToken } from './client.ts'

let tank: Wavetank
let olga: Call
beforeEach(() => {
  tank = createWavetank({
    clock: 'manual',
    hub: {
      accounts: ['olga', 'mike'].map((name) => ({ name, password: 'secret' })),
      organisations: [{ name: 'acme', members: { olga: 'owner', mike: 'member' }, teams: [{ name: 'devs' }] }],
    },
  })
  olga = logIn(tank, 'olga')
  for (const [name, is_private] of [
    ['api', true],
    ['web', false],
  ])
    expect(olga('POST', '/v2/namespaces/acme/repositories', { name, is_private }).status).toBe(201)
  push(tank, 'olga', 'acme/api', '1')
})

const ALL = '/v2/orgs/acme/access-tokens'
const ofRepository = (path: string, ...scopes: string[]) => ({ type: 'TYPE_REPO', path, scopes })
const ofOrganisation = (...scopes: string[]) => ({ type: 'TYPE_ORG', path: 'acme', scopes })
const create = (resources: unknown, more: object = {}) => olga('POST', ALL, { label: 'ci', resources, ...more })
/** A session by a new token. */
function session(...resources: object[]): { call: Call; secret: string; id: string } {
  const { token: secret, id } = create(resources).json
  const said = caller(tank)('POST', '/v2/auth/token', { identifier: 'acme', secret })
  expect(said.status).toBe(200)
  return { call: caller(tank, said.json.access_token), secret, id }
}

describe('an organisation access token', () => {
  it('is made, shown, changed and deleted by an owner', () => {
    const made = create([ofRepository('acme/api', 'scope-image-pull')], { expires_at: '2099-01-01T00:00:00Z' })
    expect([made.status, made.json]).toEqual([
      201,
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        label: 'ci',
        created_by: 'olga',
        is_active: true,
        created_at: expect.stringMatching(/^\d{4}-.*Z$/),
        expires_at: '2099-01-01T00:00:00Z',
        last_used_at: null,
        resources: [{ type: 'TYPE_REPO', path: 'acme/api', scopes: ['scope-image-pull'] }],
        token: expect.stringMatching(/^dckr_oat_[\w-]{27}$/),
      },
    ])
    const { token: _secret, ...shown } = made.json
    const { resources: _resources, ...listed } = shown
    expect(olga('GET', ALL).json).toEqual({ total: 1, next: null, previous: null, results: [listed] })
    const one = `${ALL}/${shown.id}`
    expect(olga('GET', one).json).toEqual(shown)
    expect(olga('PATCH', one, { label: 'cd', is_active: false }).json).toEqual({
      ...shown,
      label: 'cd',
      is_active: false,
    })
    const wider = [ofRepository('acme/*', 'scope-image-push')]
    expect(olga('PATCH', one, { resources: wider }).json).toMatchObject({ label: 'cd', resources: wider })
    expect([olga('DELETE', one).status, olga('GET', one).status, olga('DELETE', one).status]).toEqual([204, 404, 404])
  })

  it('comes in pages', () => {
    for (let i = 0; i < 3; i++) create([ofOrganisation('scope-member-read')])
    const page = olga('GET', `${ALL}?page=2&page_size=2`).json
    expect([page.total, page.next, page.results.length]).toEqual([3, null, 1])
    expect(page.previous).toBe(`${API}${ALL}?page=1&page_size=2`)
  })

  it.each([
    ['no label', { resources: [ofOrganisation('scope-member-read')], label: '' }, 'label'],
    ['a long label', { resources: [ofOrganisation('scope-member-read')], label: 'x'.repeat(101) }, 'label'],
    ['no resources', {}, 'resources'],
    ['an empty list of them', { resources: [] }, 'resources'],
    ['what is none', { resources: [null] }, 'resources'],
    ['another type', { resources: [{ ...ofRepository('acme/api', 'scope-image-pull'), type: 'TYPE_X' }] }, 'resources'],
    ['a repository that is not there', { resources: [ofRepository('acme/no', 'scope-image-pull')] }, 'resources'],
    ['somebody else’s', { resources: [ofRepository('mike/*', 'scope-image-pull')] }, 'resources'],
    ['another organisation', { resources: [{ ...ofOrganisation('scope-member-read'), path: 'other' }] }, 'resources'],
    ['a scope of the other type', { resources: [ofOrganisation('scope-image-pull')] }, 'resources'],
    ['an unknown scope', { resources: [ofRepository('acme/api', 'constructor')] }, 'resources'],
    ['no scope', { resources: [ofRepository('acme/api')] }, 'resources'],
    [
      'a day that is over',
      { resources: [ofOrganisation('scope-member-read')], expires_at: '2001-01-01T00:00:00Z' },
      'expires_at',
    ],
  ])('with %s is not made', (_, body, field) => {
    const said = olga('POST', ALL, { label: 'ci', ...body })
    expect([said.status, said.json.message, Object.keys(said.json.errinfo)]).toEqual([400, 'body is invalid', [field]])
    expect(olga('GET', ALL).json.total).toBe(0)
  })

  it('is a matter of owners who came in with their password', () => {
    const pat = olga('POST', '/v2/access-tokens', { token_label: 'x', scopes: ['repo:admin'] }).json.token
    expect(logIn(tank, 'mike')('GET', ALL).status).toBe(403)
    expect(logIn(tank, 'olga', pat)('GET', ALL).status).toBe(403)
    expect(caller(tank)('GET', ALL).status).toBe(401)
    expect(olga('GET', '/v2/orgs/nobody/access-tokens').status).toBe(404)
    expect(session(ofRepository('acme/*', 'scope-repository-admin')).call('GET', ALL)).toMatchObject({
      status: 403,
      json: { message: 'token issued from organization access token is not allowed' },
    })
  })
})

describe('in the registry it', () => {
  it.each([
    ['scope-image-pull', ['pull']],
    ['scope-image-push', ['pull', 'push']],
    ['scope-image-delete', ['pull', 'push', 'delete']],
    ['scope-repository-admin', []],
  ])('gives with %s %j', (scope, actions) => {
    const { secret } = session(ofRepository('acme/api', scope))
    const token = registryToken(tank, 'acme', 'acme/api', 'pull,push,delete', secret)
    const { access, sub } = JSON.parse(atob(token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')))
    expect([sub, access.flatMap((one: { actions: string[] }) => one.actions)]).toEqual(['acme', actions])
  })

  it('pushes and pulls what it is for, and nothing else', () => {
    const { secret, id } = session(ofRepository('acme/*', 'scope-image-push'))
    expect(push(tank, 'acme', 'acme/api', '2', 'x', secret).status).toBe(201)
    expect(pull(tank, 'acme', 'acme/api', '2', secret).status).toBe(200)
    expect(push(tank, 'acme', 'mike/app', '1', 'x', secret).status).toBe(401)
    expect(olga('GET', `${ALL}/${id}`).json.last_used_at).not.toBeNull()
    expect(olga('GET', '/v2/namespaces/acme/repositories/api/tags/2').json.last_updater_username).toBe('acme')
  })

  it('reads what is public of others only where it is for that', () => {
    push(tank, 'mike', 'mike/open', '1')
    const some = session(ofRepository('acme/api', 'scope-image-pull'))
    const all = session(ofRepository('*/*/public', 'scope-image-delete'))
    expect(pull(tank, 'acme', 'mike/open', '1', some.secret).status).toBe(401)
    expect(pull(tank, 'acme', 'mike/open', '1', all.secret).status).toBe(200)
    expect(pull(tank, 'acme', 'acme/api', '1', all.secret).status).toBe(401)
    expect(push(tank, 'acme', 'mike/open', '2', 'x', all.secret).status).toBe(401)
  })

  it('ends when it is turned off, deleted or over, with what came of it', () => {
    const { secret, id, call } = session(ofRepository('acme/api', 'scope-image-pull', 'scope-repository-read'))
    const refresh = ask(tank, 'POST', 'https://auth.docker.io/token', {
      body: new URLSearchParams({
        grant_type: 'password',
        service: 'registry.docker.io',
        access_type: 'offline',
        username: 'acme',
        password: secret,
      }).toString(),
    }).json.refresh_token
    const again = () =>
      ask(tank, 'POST', 'https://auth.docker.io/token', {
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          service: 'registry.docker.io',
          refresh_token: refresh,
        }).toString(),
      }).status
    const API_REPOSITORY = '/v2/namespaces/acme/repositories/api'
    const basicLogin = () =>
      ask(tank, 'GET', 'https://index.docker.io/v1/users/', { headers: basic('acme', secret) }).status
    expect([again(), call('GET', API_REPOSITORY).status, basicLogin()]).toEqual([200, 200, 200])
    olga('PATCH', `${ALL}/${id}`, { is_active: false })
    expect([again(), call('GET', API_REPOSITORY).status, basicLogin()]).toEqual([401, 401, 401])
    olga('PATCH', `${ALL}/${id}`, { is_active: true })
    expect([again(), call('GET', API_REPOSITORY).status, basicLogin()]).toEqual([200, 200, 200])
    olga('DELETE', `${ALL}/${id}`)
    expect([again(), call('GET', API_REPOSITORY).status, basicLogin()]).toEqual([401, 401, 401])
    const day = new Date(tank.clock.now / 1000 + 60_000).toISOString()
    const brief = create([ofRepository('acme/api', 'scope-image-pull')], { expires_at: day }).json.token
    expect(pull(tank, 'acme', 'acme/api', '1', brief).status).toBe(200)
    tank.clock.advance(60_000)
    expect(pull(tank, 'acme', 'acme/api', '1', brief).status).toBe(401)
  })
})

describe('in the API it', () => {
  const API_REPOSITORY = '/v2/namespaces/acme/repositories/api'
  it.each([
    ['scope-repository-read', 'GET', API_REPOSITORY, undefined, 200],
    ['scope-repository-read', 'PATCH', API_REPOSITORY, { description: 'x' }, 403],
    ['scope-repository-edit', 'PATCH', API_REPOSITORY, { description: 'x' }, 200],
    ['scope-repository-edit', 'DELETE', API_REPOSITORY, undefined, 403],
    ['scope-repository-admin', 'DELETE', API_REPOSITORY, undefined, 202],
    ['scope-repository-admin', 'GET', `${API_REPOSITORY}/tags`, undefined, 404],
    ['scope-tag-read', 'GET', `${API_REPOSITORY}/tags/1`, undefined, 200],
    ['scope-tag-read', 'DELETE', `${API_REPOSITORY}/tags/1`, undefined, 403],
    ['scope-tag-admin', 'DELETE', `${API_REPOSITORY}/tags/1`, undefined, 204],
    ['scope-image-delete', 'GET', API_REPOSITORY, undefined, 404],
    ['scope-repo-group-read', 'GET', `${API_REPOSITORY}/groups`, undefined, 200],
    ['scope-repository-read', 'GET', '/v2/repositories/acme/api', undefined, 403],
    ['scope-repository-read', 'GET', '/v2/user', undefined, 403],
  ])('may with %s %s %s', (scope, method, path, body, status) => {
    expect(session(ofRepository('acme/api', scope)).call(method, path, body).status).toBe(status)
  })

  it('lists what is private, and makes repositories, only where it is for that', () => {
    const list = (call: Call) =>
      call('GET', '/v2/namespaces/acme/repositories?ordering=name').json.results.map(
        ({ name }: { name: string }) => name,
      )
    const make = (call: Call, namespace = 'acme') =>
      call('POST', `/v2/namespaces/${namespace}/repositories`, { name: 'new' }).status
    const some = session(ofRepository('acme/*', 'scope-repository-admin')).call
    const all = session(ofOrganisation('scope-repository-list', 'scope-repository-create')).call
    expect([list(some), list(all)]).toEqual([['web'], ['api', 'web']])
    expect([make(some), make(all), make(all, 'mike')]).toEqual([403, 201, 403])
  })

  it.each([
    ['scope-member-read', 'GET', '/v2/orgs/acme/members', undefined, 200],
    ['scope-member-read', 'DELETE', '/v2/orgs/acme/members/mike', undefined, 403],
    ['scope-member-edit', 'DELETE', '/v2/orgs/acme/members/mike', undefined, 204],
    ['scope-group-read', 'GET', '/v2/orgs/acme/groups/devs', undefined, 200],
    ['scope-group-edit', 'POST', '/v2/orgs/acme/groups', { name: 'ops' }, 201],
    ['scope-group-read', 'POST', '/v2/orgs/acme/groups', { name: 'ops' }, 403],
    ['scope-invite-edit', 'POST', '/v2/invites/bulk', { org: 'acme', invitees: ['x@example.com'] }, 202],
    ['scope-invite-read', 'GET', '/v2/orgs/acme/invites', undefined, 200],
    ['scope-invite-read', 'GET', '/v2/orgs/acme/members', undefined, 403],
    ['scope-activity-read', 'GET', '/v2/auditlogs/acme', undefined, 200],
    ['scope-member-read', 'GET', '/v2/auditlogs/acme', undefined, 403],
    ['scope-member-edit', 'GET', '/v2/orgs/acme/settings', undefined, 403],
  ])('may with %s %s %s', (scope, method, path, body, status) => {
    expect(session(ofOrganisation(scope)).call(method, path, body).status).toBe(status)
  })
})
