import axios from 'axios'
import Docker from 'dockerode'
import { HttpResponse, http } from 'msw'
import { type SetupServer, setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { handlers } from '../../src/msw/index.ts'
import { ToyTank } from '../node/toy-tank.ts'
import { eventually } from '../node/wire.ts'

let tank: ToyTank
let server: SetupServer
const use = (...list: Parameters<typeof setupServer>) => {
  server = setupServer(...list)
  server.listen({ onUnhandledRequest: 'error' })
}
beforeEach(() => {
  tank = new ToyTank()
})
afterEach(() => server.close())

interface Dialled {
  method: string
  target: string
  origin: string
  size: number
  text: string
}
type Options = { path: string; method: string; statusCodes: object; [more: string]: unknown }
/** dockerode's own way to send a request, on any path. */
const dial = <T>(docker: Docker, options: Partial<Options>): Promise<T> =>
  new Promise((resolve, reject) =>
    docker.modem.dial(
      { path: '/x', method: 'GET', statusCodes: { 200: true, 101: true }, ...options } as never,
      (error: unknown, data: unknown) => (error ? reject(error) : resolve(data as T)),
    ),
  )

describe('what is answered', () => {
  it('any unix socket and the ports of Docker, by default', async () => {
    use(...handlers(tank))
    for (const docker of [
      new Docker(),
      new Docker({ socketPath: '/run/user/1000/docker.sock' }),
      new Docker({ host: '127.0.0.1', port: 2375 }),
      new Docker({ protocol: 'https', host: 'docker.test', port: 2376 }),
    ])
      expect(await dial<Dialled>(docker, { path: '/v1.45/x' })).toMatchObject({ target: '/v1.45/x' })
  })

  it('fetch and axios', async () => {
    use(...handlers(tank))
    const response = await fetch('http://localhost/v1.45/containers/json')
    expect(await response.json()).toMatchObject({ target: '/v1.45/containers/json' })
    expect((await axios.get('http://localhost:2375/info')).data).toMatchObject({ target: '/info' })
    expect((await axios.get('http://localhost/info', { socketPath: '/var/run/docker.sock' })).data).toMatchObject({
      target: '/info',
    })
    expect((await axios.post('http://localhost:2375/x', { a: 1 })).data).toMatchObject({ text: '{"a":1}' })
  })

  it('nothing else: an unknown host counts as unhandled', async () => {
    use(...handlers(tank))
    await expect(fetch('http://example.test/')).rejects.toThrow()
    await expect(fetch('http://localhost/x')).rejects.toThrow()
    await expect(fetch('http://localhost:8080/v1.45/info')).rejects.toThrow()
    expect(tank.requests).toEqual([])
  })

  it('only the sockets and hosts that are named', async () => {
    use(...handlers(tank, { sockets: ['unix:///a.sock'], hosts: ['tcp://docker.test:1234'] }))
    expect(await dial(new Docker({ socketPath: '/a.sock' }), {})).toMatchObject({ target: '/x' })
    expect(await (await fetch('http://docker.test:1234/x')).json()).toMatchObject({ target: '/x' })
    await expect(dial(new Docker({ socketPath: '/b.sock' }), {})).rejects.toThrow()
    await expect(fetch('http://localhost:2375/x')).rejects.toThrow()
  })

  it('two tanks behind two sockets do not mix', async () => {
    const other = new ToyTank()
    use(...handlers(tank, { sockets: ['/a.sock'] }), ...handlers(other, { sockets: ['/b.sock'] }))
    const [a, b] = [new Docker({ socketPath: '/a.sock' }), new Docker({ socketPath: '/b.sock' })]
    await Promise.all([
      dial(a, { path: '/1' }),
      dial(b, { path: '/2' }),
      dial(a, { path: '/3' }),
      dial(b, { path: '/4' }),
    ])
    expect(tank.requests.map(({ target }) => target).sort()).toEqual(['/1', '/3'])
    expect(other.requests.map(({ target }) => target).sort()).toEqual(['/2', '/4'])
  })

  it('the hosts of Docker Hub by their origin, unless refused', async () => {
    use(...handlers(tank))
    expect(await (await fetch('https://registry-1.docker.io/v2/')).json()).toMatchObject({
      origin: 'https://registry-1.docker.io',
      target: '/v2/',
    })
    server.resetHandlers(...handlers(tank, { hub: false }))
    await expect(fetch('https://registry-1.docker.io/v2/')).rejects.toThrow()
  })

  it('server.use overrides one route', async () => {
    use(...handlers(tank))
    const full = () => HttpResponse.json({ message: 'no space left on device' }, { status: 500 })
    server.use(http.post('*/containers/create', full, { once: true }))
    const docker = new Docker()
    await expect(docker.createContainer({ Image: 'busybox' })).rejects.toMatchObject({ statusCode: 500 })
    expect(await dial(docker, { path: '/containers/create', method: 'POST' })).toMatchObject({ method: 'POST' })
  })
})

describe('streams', () => {
  const stream = (docker: Docker) =>
    dial<NodeJS.ReadableStream & { destroy(): void }>(docker, { path: '/stream', isStream: true })

  it('send the head before there is anything to say, and each chunk as it comes', async () => {
    use(...handlers(tank))
    const chunks = (await stream(new Docker()))[Symbol.asyncIterator]()
    tank.say('one')
    expect(String((await chunks.next()).value)).toBe('one')
    tank.say('two')
    expect(String((await chunks.next()).value)).toBe('two')
    tank.finish()
    expect((await chunks.next()).done).toBe(true)
  })

  it('end when the client destroys the response', async () => {
    use(...handlers(tank))
    const response = await stream(new Docker())
    expect(tank.pumps.size).toBe(1)
    response.destroy()
    await eventually(() => tank.pumps.size === 0)
  })

  it('end when a fetch is aborted', async () => {
    use(...handlers(tank))
    const abort = new AbortController()
    const first = await fetch('http://localhost:2375/stream', { signal: abort.signal })
    const failed = first.text().catch((error: Error) => error.name)
    abort.abort()
    expect(await failed).toBe('AbortError')
    await eventually(() => tank.pumps.size === 0)
  })

  it('give up a later answer whose client has left', async () => {
    use(...handlers(tank))
    const abort = new AbortController()
    const left = dial(new Docker(), { path: '/later', method: 'POST', abortSignal: abort.signal }).catch(() => 'left')
    await eventually(() => tank.pumps.size === 1)
    abort.abort()
    expect(await left).toBe('left')
    await eventually(() => tank.pumps.size === 0)
  })
})

describe.each([
  ['a socket', () => new Docker({ socketPath: '/var/run/docker.sock' })],
  ['host and port', () => new Docker({ host: '127.0.0.1', port: 2375 })],
])('hijacked over %s', (_where, make) => {
  const attach = (hijack: boolean) =>
    dial<NodeJS.ReadWriteStream & { destroy(): void }>(make(), {
      path: '/attach',
      method: 'POST',
      isStream: true,
      hijack,
      openStdin: true,
      options: { stream: true, stdin: true },
    })
  const read = async (stream: NodeJS.ReadableStream) => {
    let text = ''
    for await (const chunk of stream) text += String(chunk)
    return text
  }

  it('hijack: true carries both ways, with half-close', async () => {
    use(...handlers(tank))
    const stream = await attach(true)
    const text = read(stream)
    stream.write('in')
    await eventually(() => tank.input.length === 1)
    stream.end()
    expect(await text).toBe('<in>bye')
    expect(tank.input).toEqual(['in', undefined])
    expect(tank.pumps.size).toBe(0)
  })

  it('hijack: false carries both ways; there dockerode’s end closes the connection', async () => {
    use(...handlers(tank))
    const stream = await attach(false)
    const first = new Promise((resolve) => stream.once('data', resolve))
    stream.write('in')
    expect(String(await first)).toBe('<in>')
    stream.end()
    await eventually(() => tank.pumps.size === 0)
    expect(tank.input[0]).toBe('in')
  })

  it('hijack: false ends when the tank ends', async () => {
    use(...handlers(tank))
    const stream = await attach(false)
    let text = ''
    stream.on('data', (chunk) => (text += String(chunk)))
    const ended = new Promise((resolve) => stream.on('end', resolve))
    tank.say('out')
    tank.finish()
    await ended
    expect(text).toBe('out')
  })

  it('the tank may end first', async () => {
    use(...handlers(tank))
    const stream = await attach(true)
    tank.say('out')
    tank.finish()
    expect(await read(stream)).toBe('out')
  })

  it('the follow ends when the client is destroyed', async () => {
    use(...handlers(tank))
    const stream = await attach(true)
    await eventually(() => tank.pumps.size === 1)
    stream.destroy()
    await eventually(() => tank.pumps.size === 0)
    expect(tank.input).toEqual([])
  })

  it('nothing is lost of 20 MB, and the clock is held while the client does not read', async () => {
    use(...handlers(tank))
    const stream = await attach(true)
    stream.pause()
    const [pump] = tank.pumps
    for (let i = 0; i < 20; i++) tank.say(new Uint8Array(1 << 20).fill(65 + i))
    expect(pump!.waits).toBe(false)
    let size = 0
    stream.on('data', (chunk: Buffer) => (size += chunk.length))
    stream.resume()
    await eventually(() => size === 20 << 20)
    await eventually(() => pump!.waits === true)
    tank.finish()
  })
})
