import { beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { ask, HUB } from '../ask.ts'
import { made, push as pushV1 } from '../v1.ts'
import { basic, type Call, caller, logIn, push, registryToken } from './client.ts'

let tank: Wavetank
let olga: Call
beforeEach(() => {
  tank = createWavetank({
    clock: 'manual',
    hub: {
      accounts: ['olga', 'mike', 'nina'].map((name) => ({ name, password: 'secret' })),
      organisations: [{ name: 'acme', members: { olga: 'owner', mike: 'member' } }],
    },
  })
  olga = logIn(tank, 'olga')
})

interface Log {
  action: string
  name: string
  actor: string
  data: Record<string, string>
  timestamp: string
  action_description: string
}
const logs = (query = '', account = 'acme', call = olga): Log[] =>
  call('GET', `/v2/auditlogs/${account}${query}`).json.logs
const told = (some: readonly Log[]) => some.map(({ action, name, actor }) => `${actor} ${action} ${name}`).reverse()
const REPOSITORIES = '/v2/namespaces/acme/repositories'

describe('the audit logs', () => {
  it('begin empty: what the world began with is nobody’s doing', () => {
    expect(olga('GET', '/v2/auditlogs/acme')).toMatchObject({ status: 200, json: { logs: [] } })
  })

  it('tell of a push as the reference does', () => {
    const { digest } = push(tank, 'olga', 'acme/app', 'latest')
    expect(logs()).toEqual([
      {
        account: 'acme',
        action: 'repo.tag.push',
        name: 'acme/app',
        actor: 'olga',
        data: { digest, tag: 'latest' },
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        action_description: `pushed the tag latest with the digest ${digest.slice(0, 19)} to the repository acme/app`,
      },
      expect.objectContaining({ action: 'repo.create', action_description: 'created the repository acme/app' }),
    ])
  })

  it('tell what became of repositories, by the API and by the registry', () => {
    olga('POST', REPOSITORIES, { name: 'app' })
    olga('PATCH', `${REPOSITORIES}/app`, { description: 'x' })
    olga('POST', `${REPOSITORIES}/app/privacy`, { is_private: true })
    olga('POST', `${REPOSITORIES}/app/privacy`, { is_private: true })
    olga('PATCH', `${REPOSITORIES}/app/categories`, [{ slug: 'databases-and-storage' }])
    const { digest } = push(tank, 'olga', 'acme/app', '1')
    push(tank, 'olga', 'acme/app', '2')
    olga('DELETE', `${REPOSITORIES}/app/tags/2`)
    const headers = { authorization: `Bearer ${registryToken(tank, 'olga', 'acme/app', 'delete')}` }
    expect(ask(tank, 'DELETE', `${HUB}/v2/acme/app/manifests/${digest}`, { headers }).status).toBe(202)
    olga('DELETE', `${REPOSITORIES}/app`)
    const all = logs()
    expect(told(all)).toEqual(
      [
        'repo.create',
        'repo.update',
        'repo.change_privacy',
        'repo.categories.update',
        'repo.tag.push',
        'repo.tag.push',
        'repo.tag.delete',
        'repo.tag.delete',
        'repo.delete',
      ].map((action) => `olga ${action} acme/app`),
    )
    expect(all.find(({ action }) => action === 'repo.change_privacy')).toMatchObject({
      data: { previous_privacy: 'public', new_privacy: 'private' },
    })
  })

  it('tell who came, who went, and what became of teams', () => {
    olga('POST', '/v2/orgs', { orgname: 'umbrella' })
    olga('POST', '/v2/orgs/umbrella/groups', { name: 'devs' })
    olga('POST', '/v2/orgs/umbrella/groups/devs/members', { member: 'mike' })
    olga('PATCH', '/v2/orgs/umbrella/groups/devs', { name: 'ops' })
    olga('POST', '/v2/invites/bulk', { org: 'umbrella', team: 'ops', invitees: ['nina'] })
    ask(tank, 'GET', tank.mailbox.at(-1)!.link)
    olga('PUT', '/v2/orgs/umbrella/members/nina', { role: 'editor' })
    olga('DELETE', '/v2/orgs/umbrella/groups/ops/members/nina')
    olga('DELETE', '/v2/orgs/umbrella/members/mike')
    olga('DELETE', '/v2/orgs/umbrella/groups/ops')
    const settings = { enabled: true, allow_official_images: true, allow_verified_publishers: false }
    olga('PUT', '/v2/orgs/umbrella/settings', { restricted_images: settings })
    expect(told(logs('', 'umbrella'))).toEqual([
      'olga org.create umbrella',
      'olga org.team.create umbrella',
      'olga org.member.added mike',
      'olga org.team.member.add mike',
      'olga org.team.update umbrella',
      'olga org.team.member.invite nina',
      'nina org.member.added nina',
      'nina org.team.member.add nina',
      'olga org.member.role_changed nina',
      'olga org.team.member.remove nina',
      'olga org.member.removed mike',
      'olga org.team.member.remove mike',
      'olga org.team.delete umbrella',
      'olga org.settings.update umbrella',
    ])
  })

  it('tell of tokens of the organisation, and of what was done with them', () => {
    const resources = [{ type: 'TYPE_ORG', path: 'acme', scopes: ['scope-repository-create'] }]
    const { id, token } = olga('POST', '/v2/orgs/acme/access-tokens', { label: 'ci', resources }).json
    const { access_token } = caller(tank)('POST', '/v2/auth/token', { identifier: 'acme', secret: token }).json
    caller(tank, access_token)('POST', REPOSITORIES, { name: 'app' })
    olga('PATCH', `/v2/orgs/acme/access-tokens/${id}`, { label: 'cd' })
    olga('DELETE', `/v2/orgs/acme/access-tokens/${id}`)
    expect(told(logs())).toEqual([
      'olga org.access_token.create acme',
      'acme repo.create acme/app',
      'olga org.access_token.update acme',
      'olga org.access_token.delete acme',
    ])
  })

  it('tell of v1, where somebody takes a name and gives it back', () => {
    const headers = basic('mike')
    pushV1(tank, 'mike/app', [made('a')], '1', headers)
    for (let i = 0; i < 2; i++) ask(tank, 'DELETE', 'https://index.docker.io/v1/repositories/mike/app/', { headers })
    expect(told(logs('', 'mike', logIn(tank, 'mike')))).toEqual([
      'mike repo.create mike/app',
      'mike repo.tag.push mike/app',
      'mike repo.delete mike/app',
    ])
  })

  it('are of what was done, not of what was refused', () => {
    const mike = logIn(tank, 'mike')
    mike('POST', REPOSITORIES, { name: 'app' })
    olga('POST', REPOSITORIES, { name: 'NO' })
    olga('DELETE', `${REPOSITORIES}/none`)
    expect(logs()).toEqual([])
  })
})

describe('of the audit logs', () => {
  beforeEach(() => {
    for (const name of ['one', 'two', 'three']) {
      olga('POST', REPOSITORIES, { name })
      tank.clock.advance(60_000)
    }
    olga('POST', '/v2/orgs/acme/groups', { name: 'devs' })
    push(tank, 'olga', 'acme/one', '1')
  })

  it.each([
    ['?action=repo.create', 3],
    ['?action=create', 0],
    ['?name=acme/one', 2],
    ['?actor=olga', 5],
    ['?actor=mike', 0],
    ['?from=2025-01-01T00:01:00Z', 4],
    ['?to=2025-01-01T00:01:00Z', 2],
    ['?from=2025-01-01T00:00:30Z&to=2025-01-01T00:01:30Z', 1],
    ['?action=repo.tag.push&name=acme/one&actor=olga', 1],
    ['?page_size=2', 2],
    ['?page=3&page_size=2', 1],
    ['?page=9', 0],
    ['?action=', 5],
  ])('%s gives %i', (query, count) => {
    expect(logs(query)).toHaveLength(count)
  })

  it.each(['?from=yesterday', '?to=x', '?page=0', '?page=-1', '?page_size=x'])('%s is refused as by RPC', (query) => {
    const said = olga('GET', `/v2/auditlogs/acme${query}`)
    expect([said.status, said.json]).toEqual([400, { code: 3, message: 'query is invalid', details: [] }])
  })

  it('nobody learns but owners', () => {
    const status = (call: Call, account: string, tail = '') => call('GET', `/v2/auditlogs/${account}${tail}`).json.code
    expect(status(caller(tank), 'acme')).toBe(16)
    expect(status(logIn(tank, 'mike'), 'acme')).toBe(7)
    expect(status(logIn(tank, 'mike'), 'olga', '/actions')).toBe(7)
    expect(status(olga, 'nobody')).toBe(5)
    expect(olga('GET', '/v2/auditlogs/olga')).toMatchObject({ status: 200, json: { logs: [] } })
  })

  it('the actions are listed, in groups', () => {
    const { actions } = olga('GET', '/v2/auditlogs/acme/actions').json
    expect(Object.keys(actions)).toEqual(['org', 'repo'])
    expect(actions.org).toMatchObject({ label: 'Organization' })
    expect(actions.repo.label).toBe('Repository')
    for (const name of ['create', 'delete', 'change_privacy', 'tag.push', 'tag.delete'])
      expect(actions.repo.actions.map((one: { name: string }) => one.name)).toContain(name)
    expect(actions.repo.actions).toContainEqual({
      name: 'tag.push',
      description: 'contains image tag push events',
      label: 'Tag Pushed',
    })
    expect(Object.keys(olga('GET', '/v2/auditlogs/olga/actions').json.actions)).toEqual(['repo'])
  })
})
