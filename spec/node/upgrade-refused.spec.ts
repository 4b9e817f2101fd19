import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { createWavetank } from '../../src/index.ts'
import { listen } from '../../src/node/index.ts'

test.each(['/session', '/grpc'])('POST %s with Upgrade: h2c is answered in plain words', async (path) => {
  const tank = createWavetank()
  const listening = await listen(tank, { port: 0 })
  const { hostname, port } = new URL(listening.dockerHost.replace('tcp:', 'http:'))
  const asked = request({ hostname, port, path, method: 'POST', headers: { connection: 'Upgrade', upgrade: 'h2c' } })
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const body = Buffer.concat(await response.toArray()).toString()
  expect([response.statusCode, JSON.parse(body)]).toEqual([
    501,
    {
      message: 'BuildKit is not enabled on this engine, it has the classic builder only: build with DOCKER_BUILDKIT=0',
    },
  ])
  tank.close()
  await listening.close()
})
