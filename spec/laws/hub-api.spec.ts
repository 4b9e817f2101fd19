import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TOKEN_SCOPES } from '../../src/hub/access-tokens/access-token.ts'
import { grant } from '../../src/hub/auth/grant.ts'
import { parseScope } from '../../src/hub/auth/scope.ts'
import { REGISTRY_HOST } from '../../src/hub/hosts.ts'
import { createWavetank } from '../../src/index.ts'
import { API, type Call, caller, logIn, registryToken } from '../hub/hub-api/client.ts'

const PEOPLE = ['ann', 'olga', 'tom', 'eve']
const REPOSITORIES = ['ann/open', 'ann/shut', 'acme/open', 'acme/shut', 'acme/new', 'library/busybox', 'eve/none']

const tank = createWavetank({
  clock: 'manual',
  hub: {
    accounts: PEOPLE.map((name) => ({
      name,
      password: 'secret',
      tokens: TOKEN_SCOPES.map((scope) => ({ token: `${name} ${scope}`, scopes: [scope] })),
    })),
    organisations: [
      {
        name: 'acme',
        members: { olga: 'owner', tom: 'member', ann: 'member' },
        teams: [{ name: 'devs', members: ['tom'], repositories: { shut: 'write' } }],
      },
    ],
    repositories: [
      { name: 'ann/open' },
      { name: 'ann/shut', visibility: 'private', collaborators: ['eve'] },
      { name: 'acme/open' },
      { name: 'acme/shut', visibility: 'private' },
    ],
  },
})

const granted = (who: string, password: string, repository: string, actions: readonly string[]): string[] => {
  const token = registryToken(tank, who, repository, actions.join(','), password)
  const { access } = JSON.parse(atob(token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')))
  return access.flatMap((scope: { actions: string[] }) => scope.actions)
}

const who = fc.constantFrom(...PEOPLE)
const repository = fc.constantFrom(...REPOSITORIES)
const actions = fc.uniqueArray(fc.constantFrom('pull', 'push', 'delete', '*', 'all'), { minLength: 1 })

describe('what a token of the registry gives', () => {
  test('is part of what was asked for, less with each narrower scope, and with the password what the API says', () => {
    fc.assert(
      fc.property(who, repository, actions, (name, where, asked) => {
        const byPassword = granted(name, 'secret', where, asked)
        expect(asked).toEqual(expect.arrayContaining(byPassword))
        let wider = byPassword
        for (const scope of TOKEN_SCOPES) {
          const given = granted(name, `${name} ${scope}`, where, asked)
          expect(wider).toEqual(expect.arrayContaining(given))
          wider = given
        }
        expect(granted(name, `${name} repo:admin`, where, asked)).toEqual(byPassword)
        const { json } = logIn(tank, name)('GET', `/v2/repositories/${where}`)
        if (!json.permissions) return
        const { read, write, admin } = json.permissions
        const may = { pull: read, push: write, delete: admin } as Record<string, boolean>
        expect(byPassword).toEqual(asked.filter((action) => may[action]))
      }),
      { numRuns: 60 },
    )
  })

  test('is nothing for any text that is no scope', () => {
    const { state } = tank.hub.store
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 }), (text, some) => {
        const scope = parseScope(text)
        const account = state.accounts.get('eve')!
        const asked = [...(scope ? [scope] : []), { type: text, name: 'ann/shut', actions: some }]
        for (const one of grant(state, { account }, REGISTRY_HOST, asked))
          expect(asked.flatMap(({ actions }) => actions)).toEqual(expect.arrayContaining([...one.actions]))
      }),
    )
  })
})

test('pages, one after the other, are the whole list in its order', () => {
  const all = (call: Call, path: string): string[] => {
    const { json } = call('GET', path)
    const names = json.results.map(({ name }: { name: string }) => name)
    return json.next ? [...names, ...all(call, json.next.slice(API.length))] : names
  }
  const whole = all(caller(tank), '/v2/repositories/library/?ordering=name&page_size=100')
  expect(whole).toEqual([...whole].sort())
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.boolean(), (size, back) => {
      const path = `/v2/repositories/library/?page_size=${size}&ordering=${back ? '-' : ''}name`
      expect(all(caller(tank), path)).toEqual(back ? [...whole].reverse() : whole)
    }),
    { numRuns: 12 },
  )
})

test('no request of any kind is answered by a crash', () => {
  const call = logIn(tank, 'olga')
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD')
  const part = fc.oneof(
    fc.constantFrom(
      'repositories',
      'namespaces',
      'orgs',
      'users',
      'tags',
      'members',
      'groups',
      'invites',
      'access-tokens',
    ),
    fc.constantFrom(
      'acme',
      'ann',
      'shut',
      'open',
      'devs',
      'owners',
      'olga',
      'bulk',
      'settings',
      'privacy',
      'stars',
      'login',
    ),
    fc.webSegment({ size: 'small' }),
  )
  const body = fc.oneof(fc.constant(undefined), fc.jsonValue({ maxDepth: 2 }))
  fc.assert(
    fc.property(method, fc.array(part, { minLength: 1, maxLength: 6 }), body, (verb, parts, json) => {
      const { status } = call(verb, `/v2/${parts.join('/')}`, json)
      expect(status).toBeGreaterThanOrEqual(200)
      expect(status === 501 || status < 500).toBe(true)
    }),
    { numRuns: 400 },
  )
})
