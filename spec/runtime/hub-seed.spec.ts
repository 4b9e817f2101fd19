import { describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { ask, codesOf } from '../hub/ask.ts'
import { basic, caller, logIn, pull, registryToken } from '../hub/hub-api/client.ts'

const text = async (response: Promise<Response>) => (await response).text()
const post = (tank: Wavetank, path: string, credentials?: { username: string; password: string }, body?: unknown) =>
  tank.fetch(
    new Request(`http://docker/v1.51${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(credentials ? { 'x-registry-auth': btoa(JSON.stringify(credentials)) } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )

describe('no Hub', () => {
  it('has nothing on its shelf; registries take from the catalog what they were given', async () => {
    const busybox = { tags: ['1'], image: 'busybox' }
    const registry = { host: 'registry.example.com', repositories: [{ name: 'team/tools', images: [busybox] }] }
    const tank = createWavetank({ hub: false, registries: [registry] })
    expect(await text(post(tank, '/images/create?fromImage=registry.example.com/team/tools&tag=1'))).toContain(
      'Downloaded newer image for registry.example.com/team/tools:1',
    )
    expect([...tank.hub.store.state.repositories.values()].map(({ name }) => name)).toEqual(['team/tools'])
  })
})

describe('a Hub as it is declared', () => {
  it('has private repositories with images, which the engine pulls by a token', async () => {
    const tank = createWavetank({
      hub: {
        accounts: [
          { name: 'ann', password: 'secret', tokens: [{ token: 'dckr_pat_ci', scopes: ['repo:read'] }] },
          { name: 'bob', password: 'secret' },
        ],
        repositories: [
          {
            name: 'ann/app',
            visibility: 'private',
            description: 'an app',
            pulls: 7,
            images: [
              { tags: ['base'], image: 'busybox' },
              {
                tags: ['1.0', 'latest'],
                image: { from: 'busybox', files: { '/srv/hello/motd': 'hello\n' }, cmd: ['cat', '/srv/hello/motd'] },
              },
            ],
          },
        ],
      },
    })
    const refused = await text(
      post(tank, '/images/create?fromImage=ann/app&tag=1.0', { username: 'bob', password: 'secret' }),
    )
    expect(refused).toContain('pull access denied for ann/app, repository does not exist or may require')
    const pulled = await text(
      post(tank, '/images/create?fromImage=ann/app&tag=1.0', { username: 'ann', password: 'dckr_pat_ci' }),
    )
    expect(pulled).toContain('Status: Downloaded newer image for ann/app:1.0')
    const { Id } = (await (await post(tank, '/containers/create', undefined, { Image: 'ann/app:1.0' })).json()) as {
      Id: string
    }
    await post(tank, `/containers/${Id}/start`)
    await post(tank, `/containers/${Id}/wait`)
    const logs = await tank.fetch(new Request(`http://docker/v1.51/containers/${Id}/logs?stdout=1`))
    expect(new TextDecoder().decode((await logs.arrayBuffer()).slice(8))).toBe('hello\n')
    const info = logIn(tank, 'ann')('GET', '/v2/repositories/ann/app').json
    expect(info).toMatchObject({ pull_count: 8, description: 'an app', is_private: true })
    expect(logIn(tank, 'ann')('GET', '/v2/access-tokens').json.results[0].last_used).not.toBeNull()
  })

  it('lets docker log in with a token in the password’s place', async () => {
    const tokens = [{ token: 'dckr_pat_ci', scopes: ['repo:read'] as const }]
    const tank = createWavetank({ hub: { accounts: [{ name: 'ann', password: 'secret', tokens }] } })
    const log = async (password: string) => {
      const response = await post(tank, '/auth', undefined, { username: 'ann', password })
      return [response.status, await response.json()]
    }
    expect(await log('dckr_pat_ci')).toEqual([200, { IdentityToken: '', Status: 'Login Succeeded' }])
    expect(await log('dckr_pat_no')).toEqual([
      401,
      { message: 'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password' },
    ])
  })

  it('ends tokens when it is said so', () => {
    const tokens = [{ token: 'off', active: false }, { token: 'short', seconds: 60 }, { token: 'long' }]
    const tank = createWavetank({ clock: 'manual', hub: { accounts: [{ name: 'ann', password: 'secret', tokens }] } })
    const status = (secret: string) =>
      ask(tank, 'GET', 'https://auth.docker.io/token', { headers: basic('ann', secret) }).status
    expect(tokens.map(({ token }) => status(token))).toEqual([401, 200, 200])
    tank.clock.advance(60_000)
    expect(tokens.map(({ token }) => status(token))).toEqual([401, 401, 200])
  })

  it('is the same for the same seed, and does not take what cannot be', () => {
    const accounts = [{ name: 'ann', password: 'secret' }]
    const world = (seed: string) =>
      createWavetank({
        seed,
        clock: 'manual',
        hub: { accounts, organisations: [{ name: 'acme', members: { ann: 'owner' } }] },
      })
    const bytes = (tank: Wavetank) => logIn(tank, 'ann')('GET', '/v2/orgs/acme/members').text
    expect(bytes(world('a'))).toBe(bytes(world('a')))
    expect(bytes(world('a'))).not.toBe(bytes(world('b')))
    const asking = (members: Record<string, 'owner' | 'member'>) => () =>
      caller(createWavetank({ hub: { accounts, organisations: [{ name: 'acme', members }] } }))('GET', '/v2/orgs/acme')
    expect(asking({ nobody: 'owner' })).toThrow('organisation acme: there is no account nobody')
    expect(asking({ ann: 'member' })).toThrow('organisation acme: it needs an owner')
    const image = () =>
      caller(createWavetank({ hub: { repositories: [{ name: 'a/b', images: [{ tags: ['1'], image: 'nothing' }] }] } }))(
        'GET',
        '/v2/user',
      )
    expect(image).toThrow('the catalog of this world has no image "nothing"')
  })

  it('has official images that are as old in each world', () => {
    const tagOf = (now: number) =>
      caller(createWavetank({ clock: 'manual', now }))('GET', '/v2/repositories/library/busybox/tags/latest').json
    const [early, late] = [tagOf(1_735_700_000_000_000), tagOf(1_800_000_000_000_000)]
    expect(early.tag_last_pushed).toBe('2025-01-01T00:00:00Z')
    expect([early.tag_status, late.tag_status]).toEqual(['active', 'inactive'])
    expect({ ...late, tag_status: '', images: [] }).toEqual({ ...early, tag_status: '', images: [] })
  })

  it('counts pulls by account', () => {
    const tank = createWavetank({
      clock: 'manual',
      hub: { accounts: [{ name: 'ann', password: 'secret' }], rateLimit: { anonymous: 0, account: 1 } },
    })
    expect(pull(tank, 'ann', 'library/busybox', 'latest').status).toBe(200)
    expect(pull(tank, 'ann', 'library/busybox', 'latest').status).toBe(429)
    expect(registryToken(tank, 'ann', 'library/busybox', 'pull')).toEqual(expect.any(String))
  })
})

describe('a registry with a password', () => {
  const world = () =>
    createWavetank({
      registries: [
        {
          host: 'registry.example.com',
          accounts: { ann: 'secret' },
          repositories: [{ name: 'team/app', images: [{ tags: ['1.0'], image: 'busybox' }] }],
        },
        '127.0.0.1:5000',
      ],
    })

  it('asks for it as distribution does', () => {
    const tank = world()
    const said = ask(tank, 'GET', 'https://registry.example.com/v2/')
    expect([said.status, said.headers['www-authenticate'], said.json]).toEqual([
      401,
      'Basic realm="Registry Realm"',
      { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required', detail: null }] },
    ])
    expect(codesOf(ask(tank, 'GET', 'https://registry.example.com/v2/team/app/tags/list'))).toEqual(['UNAUTHORIZED'])
    expect(ask(tank, 'GET', 'https://registry.example.com/v2/_catalog').status).toBe(401)
    const headers = basic('ann')
    expect(ask(tank, 'GET', 'https://registry.example.com/v2/_catalog', { headers }).json).toEqual({
      repositories: ['team/app'],
    })
    expect(ask(tank, 'GET', 'https://registry.example.com/v2/', { headers: basic('ann', 'wrong') }).status).toBe(401)
    expect(ask(tank, 'GET', 'http://127.0.0.1:5000/v2/').status).toBe(200)
  })

  it('lets the engine in with it, to pull and to push', async () => {
    const tank = world()
    const good = { username: 'ann', password: 'secret' }
    const image = 'registry.example.com/team/app'
    const log = async (password: string) =>
      post(tank, '/auth', undefined, { username: 'ann', password, serveraddress: 'registry.example.com' })
    expect([(await log('secret')).status, (await log('wrong')).status]).toEqual([200, 401])
    expect(await text(post(tank, `/images/create?fromImage=${image}&tag=1.0`))).toMatch(
      /no basic auth credentials|unauthorized/,
    )
    expect(await text(post(tank, `/images/create?fromImage=${image}&tag=1.0`, good))).toContain(
      'Downloaded newer image',
    )
    await post(tank, `/images/${image}:1.0/tag?repo=${image}&tag=2.0`)
    expect(await text(post(tank, `/images/${image}/push?tag=2.0`, good))).toContain('2.0: digest: sha256:')
    const { tags } = ask(tank, 'GET', 'https://registry.example.com/v2/team/app/tags/list', {
      headers: basic('ann'),
    }).json
    expect(tags).toEqual(['1.0', '2.0'])
  })
})
