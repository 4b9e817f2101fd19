import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWavetank } from '../../src/index.ts'
import { handlers } from '../../src/msw/index.ts'

const tank = createWavetank({ registries: ['localhost:5000'] })
const server = setupServer(...handlers(tank))
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())

const MANIFEST = 'https://registry-1.docker.io/v2/library/busybox/manifests/latest'
const ACCEPT = 'application/vnd.docker.distribution.manifest.v2+json'

it('answers for the Index', async () => {
  expect(await (await fetch('https://index.docker.io/v1/_ping')).text()).toBe('true')
  const found = (await (await fetch('https://index.docker.io/v1/search?q=busybox')).json()) as { results: object[] }
  expect(found.results[0]).toMatchObject({ name: 'busybox', is_official: true })
})

it('answers for the registry, which asks for a token, and for the server that gives it', async () => {
  const refused = await fetch(MANIFEST)
  const challenge = refused.headers.get('www-authenticate')!
  expect([refused.status, challenge]).toEqual([
    401,
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/busybox:pull"',
  ])
  const [realm, service, scope] = [...challenge.matchAll(/="([^"]*)"/g)].map(([, value]) => value!)
  const { token } = (await (await fetch(`${realm}?service=${service}&scope=${scope}`)).json()) as { token: string }
  const given = await fetch(MANIFEST, { headers: { authorization: `Bearer ${token}`, accept: ACCEPT } })
  expect([given.status, await given.json()]).toMatchObject([200, { schemaVersion: 2, mediaType: ACCEPT }])
})

it('answers for the Hub API', async () => {
  const { results } = (await (await fetch('https://hub.docker.com/v2/search/repositories/?query=busybox')).json()) as {
    results: object[]
  }
  expect(results[0]).toMatchObject({ repo_name: 'busybox', is_official: true })
})

it('answers for a registry on a port of this machine, and for no other host', async () => {
  expect(await (await fetch('http://localhost:5000/v2/_catalog')).json()).toEqual({ repositories: [] })
  await expect(fetch('https://registry.example.com/v2/')).rejects.toThrow()
})
