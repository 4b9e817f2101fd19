import { setupServer } from 'msw/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWavetank } from '../../src/index.ts'
import { handlers } from '../../src/msw/index.ts'
import { docker } from '../runtime/docker.ts'

const tank = createWavetank()
const server = setupServer(...handlers(tank))

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterAll(() => server.close())

it('a published port is answered by the program in the container, as long as it runs', async () => {
  const { run, ok } = docker(tank)
  const pull = new Request('http://docker/v1.51/images/create?fromImage=nginx&tag=latest', { method: 'POST' })
  await (await tank.fetch(pull)).text()
  await run('web', {
    Image: 'nginx:latest',
    ExposedPorts: { '80/tcp': {} },
    HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } },
  })
  const answer = await fetch('http://localhost:8080/')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('server')).toMatch(/^nginx/)
  expect(await answer.text()).toContain('<h1>Welcome to nginx!</h1>')
  expect((await fetch('http://127.0.0.1:8080/no')).status).toBe(404)
  expect((await fetch('http://localhost:8080/', { method: 'HEAD' })).headers.get('content-length')).toMatch(/^\d+$/)
  await expect(fetch('http://localhost:8081/')).rejects.toThrow()
  await ok('POST', '/containers/web/stop?t=0')
  await expect(fetch('http://localhost:8080/')).rejects.toThrow()
})
