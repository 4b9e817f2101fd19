import { existsSync } from 'node:fs'
import { request } from 'node:http'
import Docker from 'dockerode'
import { describe, expect } from 'vitest'
import { test } from '../../src/vitest/index.ts'

describe('a test with a tank', () => {
  const ids: string[] = []
  let socket = ''

  test('speaks to it through an agent', async ({ tank, agent }) => {
    const docker = new Docker({ host: 'tank', port: 2375, agent } as Docker.DockerOptions)
    const container = await docker.createContainer({ Image: 'busybox:1.36', Cmd: ['sh', '-c', 'exit 3'], name: 'web' })
    await container.start()
    expect(await container.wait()).toEqual({ StatusCode: 3 })
    expect(tank.engine.store.state.containers.byId.has(container.id)).toBe(true)
    ids.push(container.id)
  })

  test('has one that no other test has touched', async ({ tank }) => {
    expect(tank.engine.store.state.containers.byId.size).toBe(0)
    expect(ids).toHaveLength(1)
  })

  test('has a socket where it asks for one', async ({ door }) => {
    socket = door.dockerHost.replace('unix://', '')
    const status = await new Promise((resolve, reject) => {
      request({ socketPath: socket, path: '/_ping' }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(200)
  })

  test('and it is gone afterwards', () => {
    expect(socket).not.toBe('')
    expect(existsSync(socket)).toBe(false)
  })
})

describe('the seed is the name of the test', () => {
  const hostnames: string[] = []
  for (const time of ['once', 'again'])
    describe(time, () => {
      test('the same name', async ({ agent }) => {
        const docker = new Docker({ host: 'tank', port: 2375, agent } as Docker.DockerOptions)
        hostnames.push((await docker.createContainer({ Image: 'busybox:1.36' })).id)
        if (hostnames.length === 2) expect(hostnames[0]).toBe(hostnames[1])
      })
    })
})
