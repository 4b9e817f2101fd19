import { type AddressInfo, createConnection, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { createServer } from '../../src/node/server.ts'
import { encode } from '../../src/storage/tar/encode.ts'
import { tarEntry } from '../../src/storage/tar/tar-entry.ts'
import { eventually } from '../node/wire.ts'

const CLIENTS = 500
const upgrade = 'Connection: Upgrade\r\nUpgrade: tcp\r\n'
const websocket =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n'
const dockerfile = new TextEncoder().encode('FROM busybox:1.36\nRUN echo said; sleep 100000\n')
const context = encode([tarEntry({ name: 'Dockerfile', body: dockerfile })])

/** A request with a long answer: target, further headers, body. */
const STREAMS: Readonly<Record<string, readonly [target: string, headers?: string, body?: Uint8Array]>> = {
  'logs -f': ['GET /containers/box/logs?stdout=1&follow=1'],
  events: ['GET /events'],
  'events since': ['GET /events?since=0'],
  stats: ['GET /containers/box/stats'],
  attach: ['POST /containers/box/attach?stream=1&stdout=1&stdin=1', upgrade],
  'attach without upgrade': ['POST /containers/box/attach?stream=1&stdout=1&logs=1'],
  'attach over a websocket': ['GET /containers/box/attach/ws?stream=1&stdout=1', websocket],
  wait: ['POST /containers/box/wait?condition=removed'],
  pull: ['POST /images/create?fromImage=nginx&tag=latest'],
  build: ['POST /build?t=x', 'Content-Type: application/x-tar\r\n', context],
}

describe('clients that leave in the middle of a stream', () => {
  let tank: Wavetank
  let server: ReturnType<typeof createServer>
  const port = () => (server.address() as AddressInfo).port

  beforeAll(async () => {
    // Nobody's clock: what waits for the next second waits till the client is gone.
    tank = createWavetank({ seed: 'leaving', clock: 'manual' })
    server = createServer(tank)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const script = 'echo first; while read line; do echo "$line"; done'
    await ask('POST', '/containers/create?name=box', {
      Image: 'busybox:1.36',
      Cmd: ['sh', '-c', script],
      OpenStdin: true,
    })
    expect((await ask('POST', '/containers/box/start')).status).toBe(204)
  })
  afterAll(async () => {
    tank.close()
    await new Promise((resolve) => server.close(resolve))
  })

  const ask = (method: string, path: string, body?: unknown) => {
    const init = body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}
    return tank.fetch(new Request(`http://docker/v1.51${path}`, { method, ...init }))
  }
  /** The container reads a line, and writes it. */
  const say = (line: string) => {
    const id = tank.engine.store.state.containers.names.get('box')!
    tank.engine.tell({ type: 'ContainerInput', id, bytes: new TextEncoder().encode(`${line}\n`) })
    tank.engine.settle()
  }
  const connections = () =>
    new Promise<number>((resolve, reject) =>
      server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    )

  /** Resolves when the head of the answer is there. */
  const begun = ([target, headers = '', body]: (typeof STREAMS)[string]): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const [method, path] = target.split(' ')
      const socket = createConnection(port(), '127.0.0.1')
      let received = ''
      socket.on('data', (bytes) => {
        received += bytes.toString('latin1')
        if (!received.includes('\r\n\r\n')) return
        if (/^HTTP\/1\.1 (200|101) /.test(received)) resolve(socket)
        else reject(new Error(received))
      })
      socket.on('error', () => {})
      const length = body ? `Content-Length: ${body.length}\r\n` : ''
      socket.write(`${method} /v1.51${path} HTTP/1.1\r\nHost: docker\r\n${headers}${length}\r\n`)
      if (body) socket.write(body)
    })

  it.each(Object.entries(STREAMS))('%s', async (_, stream) => {
    const listeners = tank.engine.store.listeners
    const sockets = await Promise.all(
      Array.from({ length: CLIENTS / Object.keys(STREAMS).length }, () => begun(stream)),
    )
    expect(await connections()).toBe(sockets.length)
    sockets.forEach((socket, at) => {
      if (at % 2 === 0) socket.destroy()
      else socket.resetAndDestroy()
    })
    // A client that is gone looks like one that has said all, until something is written to it.
    await eventually(async () => {
      say('next')
      return (await connections()) === 0
    })
    await eventually(() => tank.engine.pumps.size === 0)
    expect(tank.engine.store.listeners).toBe(listeners)
    expect((await ask('GET', '/containers/box/json')).status).toBe(200)
  })

  it('a body that never comes whole', async () => {
    const listeners = tank.engine.store.listeners
    for (let client = 0; client < 50; client++) {
      const socket = createConnection(port(), '127.0.0.1')
      socket.on('error', () => {})
      const head = 'POST /v1.51/build HTTP/1.1\r\nHost: docker\r\nContent-Length: 10240\r\n\r\n'
      await new Promise<void>((resolve) => socket.write(`${head}${'x'.repeat(client)}`, () => resolve()))
      socket.destroy()
    }
    await eventually(async () => (await connections()) === 0)
    expect(tank.engine.pumps.size).toBe(0)
    expect(tank.engine.store.listeners).toBe(listeners)
  })
})
