import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWavetank } from '../../src/index.ts'
import { handlers } from '../../src/msw/index.ts'

const tank = createWavetank({ hub: { accounts: [{ name: 'ann', password: 'secret' }] } })
const server = setupServer(...handlers(tank))
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())

it('answers for the Hub API', async () => {
  const headers = { 'content-type': 'application/json' }
  const login = await fetch('https://hub.docker.com/v2/users/login', {
    method: 'POST',
    headers,
    body: JSON.stringify({ username: 'ann', password: 'secret' }),
  })
  const { token } = (await login.json()) as { token: string }
  const made = await fetch('https://hub.docker.com/v2/namespaces/ann/repositories', {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${token}` },
    body: JSON.stringify({ name: 'app' }),
  })
  expect(made.status).toBe(201)
  const listed = await fetch('https://hub.docker.com/v2/repositories/ann/')
  expect(await listed.json()).toMatchObject({ count: 1, results: [{ name: 'app', namespace: 'ann' }] })
})
