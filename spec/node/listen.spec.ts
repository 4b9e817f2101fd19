import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Listening, listen } from '../../src/node/index.ts'
import { ToyTank } from './toy-tank.ts'
import { eventually, Wire } from './wire.ts'

let tank: ToyTank
let listening: Listening
let port: number

beforeEach(async () => {
  tank = new ToyTank()
  listening = await listen(tank)
  port = (listening.address as AddressInfo).port
})
afterEach(() => listening.close())

const ask = (text: string) => new Wire(port).write(text)

describe('whole answers', () => {
  it('are on loopback unless told otherwise', () => {
    expect(listening.dockerHost).toBe(`tcp://127.0.0.1:${port}`)
    expect(listening.url).toBe(`http://127.0.0.1:${port}`)
  })

  it('carry a length, the daemon’s headers first, and the date of the tank', async () => {
    const wire = ask('GET /x HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n')
    const [head, body] = (await wire.all()).split('\r\n\r\n')
    expect(head!.split('\r\n')).toEqual([
      'HTTP/1.1 200 OK',
      'Server: toy',
      'Content-Type: application/json',
      'Date: Wed, 01 Jan 2025 00:00:00 GMT',
      `Content-Length: ${body!.length}`,
      'Connection: close',
    ])
  })

  it('of one turn of the event loop go out together, each in its place', async () => {
    const answers = (received: string) => received.split('HTTP/1.1 200 OK').length - 1
    const others = [ask('GET /a HTTP/1.1\r\nHost: d\r\n\r\n'), ask('GET /b HTTP/1.1\r\nHost: d\r\n\r\n')]
    const wire = ask('GET /1 HTTP/1.1\r\nHost: d\r\n\r\nGET /2 HTTP/1.1\r\nHost: d\r\n\r\n')
    const received = await wire.until((all) => answers(all) === 2 && all.includes('/2'))
    expect(received.indexOf('/1')).toBeLessThan(received.indexOf('/2'))
    for (const other of others) expect(answers(await other.has('}'))).toBe(1)
  })

  it('pass the raw path and query on, undecoded', async () => {
    const wire = ask('GET //a/../b%2Fc%zz?x=%20&y=+ HTTP/1.1\r\nHost: d\r\n\r\n')
    await wire.has('}')
    expect(tank.requests[0]!.target).toBe('//a/../b%2Fc%zz?x=%20&y=+')
  })

  it.each(['%2Fvar%2Frun%2Fdocker.sock', 'api.moby.localhost', 'a b', '', '[::1]:2375'])(
    'bear the unusual host %j',
    async (host) => {
      const wire = ask(`GET /x HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
      expect(await wire.has('}')).toContain('200 OK')
    },
  )

  it('know the origin that the client meant', async () => {
    await ask('GET /v2/ HTTP/1.1\r\nHost: registry-1.docker.io\r\n\r\n').has('}')
    await ask('GET http://index.docker.io/v1/_ping HTTP/1.1\r\nHost: index.docker.io\r\n\r\n').has('}')
    expect(tank.requests.map(({ origin, target }) => [origin, target])).toEqual([
      ['http://registry-1.docker.io', '/v2/'],
      ['http://index.docker.io', '/v1/_ping'],
    ])
  })

  it('answer HEAD with the length and without the body', async () => {
    const text = await ask('HEAD /x HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n').all()
    expect(text).toMatch(/Content-Length: [1-9]/)
    expect(text.endsWith('\r\n\r\n')).toBe(true)
  })

  it('give 204 without a length', async () => {
    const text = await ask('POST /none HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\nConnection: close\r\n\r\n').all()
    expect(text).toContain('204 No Content')
    expect(text).not.toContain('Content-Length')
  })

  it('keep the connection for the next request', async () => {
    const wire = ask('GET /one HTTP/1.1\r\nHost: d\r\n\r\nGET /two HTTP/1.1\r\nHost: d\r\n\r\n')
    await wire.has('/two')
    expect(tank.requests.map(({ target }) => target)).toEqual(['/one', '/two'])
  })

  it('turn a fault of the tank into a 500 that says where', async () => {
    const response = await fetch(`${listening.url}/broken`)
    expect(response.status).toBe(500)
    expect(((await response.json()) as { message: string }).message).toContain('out of order')
  })

  it('take chunked bodies, and bodies of 100 MB both ways', async () => {
    await ask('POST /x HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n').has(
      '"abc"',
    )
    const up = await fetch(`${listening.url}/x`, { method: 'POST', body: new Uint8Array(100 * 2 ** 20) })
    expect(await up.json()).toMatchObject({ size: 100 * 2 ** 20 })
    const down = await fetch(`${listening.url}/big`)
    expect(down.headers.get('content-length')).toBe(String(100 * 2 ** 20))
    expect((await down.arrayBuffer()).byteLength).toBe(100 * 2 ** 20)
  })

  it('forget a request whose client left in the middle of the body', async () => {
    const wire = ask('POST /x HTTP/1.1\r\nHost: d\r\nContent-Length: 10\r\n\r\nabc')
    await new Promise((resolve) => wire.socket.once('connect', resolve))
    wire.socket.destroy()
    await ask('GET /after HTTP/1.1\r\nHost: d\r\n\r\n').has('/after')
    expect(tank.requests).toHaveLength(1)
  })
})

describe('streams', () => {
  it('send the head at once and each chunk as it comes', async () => {
    const wire = ask('GET /stream HTTP/1.1\r\nHost: d\r\n\r\n')
    expect(await wire.has('\r\n\r\n')).toContain('Transfer-Encoding: chunked')
    tank.say('one')
    await wire.has('one')
    tank.say('two')
    await wire.has('two')
    tank.finish()
    expect(await wire.has('0\r\n\r\n')).toContain('3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n')
    expect(tank.pumps.size).toBe(0)
  })

  it('end when the client leaves, or only says that it will send no more', async () => {
    const [one, other] = [
      ask('GET /stream HTTP/1.1\r\nHost: d\r\n\r\n'),
      ask('GET /stream HTTP/1.1\r\nHost: d\r\n\r\n'),
    ]
    await Promise.all([one.has('\r\n\r\n'), other.has('\r\n\r\n')])
    expect(tank.pumps.size).toBe(2)
    one.socket.destroy()
    other.socket.end()
    await eventually(() => tank.pumps.size === 0)
  })

  it('hold the clock while the client does not keep up', async () => {
    const wire = ask('GET /stream HTTP/1.1\r\nHost: d\r\n\r\n')
    await wire.has('\r\n\r\n')
    wire.socket.pause()
    const [pump] = tank.pumps
    for (let i = 0; i < 64; i++) tank.say(new Uint8Array(1 << 20))
    expect(pump!.waits).toBe(false)
    const before = tank.kicks
    wire.socket.resume()
    await eventually(() => pump!.waits === true)
    expect(tank.kicks).toBeGreaterThan(before)
  })
})

describe('answers that are known only later', () => {
  it('come when they are known', async () => {
    const wire = ask('POST /later HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n')
    await eventually(() => tank.pumps.size === 1)
    tank.say('ready')
    tank.finish()
    expect(await wire.all()).toMatch(/Content-Length: 5\r\n[\s\S]*ready$/)
  })

  it('are given up when the client leaves', async () => {
    const wire = ask('POST /later HTTP/1.1\r\nHost: d\r\n\r\n')
    await eventually(() => tank.pumps.size === 1)
    wire.socket.destroy()
    await eventually(() => tank.pumps.size === 0)
  })

  it('break the connection when they will never be known', async () => {
    const failed = fetch(`${listening.url}/later`).then(
      () => 'answered',
      () => 'broken',
    )
    await eventually(() => tank.pumps.size === 1)
    for (const pump of tank.pumps) pump.close()
    expect(await failed).toBe('broken')
  })
})

describe('hijacked connections', () => {
  const upgrade = 'Connection: Upgrade\r\nUpgrade: tcp\r\n'

  it('answer 101 UPGRADED with the recorded headers in their order, then raw bytes', async () => {
    const wire = ask(`POST /attach HTTP/1.1\r\nHost: d\r\n${upgrade}\r\n`)
    expect(await wire.has('\r\n\r\n')).toBe(
      'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
    )
    tank.say('out')
    await wire.has('out')
    wire.write('in')
    await wire.has('<in>')
  })

  it('take the half-close as the end of stdin, still write, and end with a FIN', async () => {
    const wire = ask(`POST /attach HTTP/1.1\r\nHost: d\r\n${upgrade}\r\n`)
    await wire.has('\r\n\r\n')
    wire.write('last').socket.end()
    expect(await wire.all()).toMatch(/<last>bye$/)
    expect(tank.input).toEqual(['last', undefined])
  })

  it('read a JSON body together with Upgrade; what follows it is early input', async () => {
    const wire = ask(`POST /attach HTTP/1.1\r\nHost: d\r\n${upgrade}Content-Length: 7\r\n\r\n{"a"`)
    wire.write(':1}early')
    expect(await wire.has('<early>')).toContain('101 UPGRADED')
    expect(new TextDecoder().decode(tank.requests[0]!.body)).toBe('{"a":1}')
  })

  it('work without Upgrade: 200, no length, raw bytes, closed at the end', async () => {
    const wire = ask('POST /attach HTTP/1.1\r\nHost: d\r\nContent-Length: 2\r\n\r\n{}')
    expect(await wire.has('\r\n\r\n')).toBe(
      'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n',
    )
    wire.write('raw\r\n\r\n')
    await wire.has('<raw\r\n\r\n>')
    wire.socket.end()
    expect(await wire.all()).toMatch(/bye$/)
  })

  it('may be refused with an ordinary answer', async () => {
    const text = await ask(`POST /refused HTTP/1.1\r\nHost: d\r\n${upgrade}Content-Length: 2\r\n\r\n{}`).all()
    expect(text).toMatch(/^HTTP\/1.1 409 Conflict\r\n[\s\S]*"text":"\{\}"/)
  })

  it.each(['', upgrade])('may be refused on the raw connection, with no other header (%j)', async (headers) => {
    expect(await ask(`POST /raw-refusal HTTP/1.1\r\nHost: d\r\n${headers}\r\n`).all()).toBe(
      'HTTP/1.1 404 Not Found\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\nNo such container: x\r\n',
    )
  })

  it('end the follow when the client leaves', async () => {
    const wire = ask(`POST /attach HTTP/1.1\r\nHost: d\r\n${upgrade}\r\n`)
    await wire.has('\r\n\r\n')
    wire.socket.resetAndDestroy()
    await eventually(() => tank.pumps.size === 0)
    expect(tank.input).toEqual([])
  })
})

describe('sockets', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wavetank-spec-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const get = (socketPath: string) =>
    new Promise<number | undefined>((resolve, reject) =>
      http.get({ socketPath, path: '/x' }, (res) => resolve(res.resume().statusCode)).on('error', reject),
    )

  it('are unix sockets too, and leave no file behind', async () => {
    const path = join(folder, 'tank.sock')
    const own = await listen(tank, { socketPath: path })
    expect(own.dockerHost).toBe(`unix://${path}`)
    expect(await get(path)).toBe(200)
    await own.close()
    expect(existsSync(path)).toBe(false)
  })

  it('replace what a dead server left behind', async () => {
    const path = join(folder, 'tank.sock')
    const { spawnSync } = await import('node:child_process')
    spawnSync(process.execPath, [
      '-e',
      `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`,
    ])
    expect(statSync(path).isSocket()).toBe(true)
    const own = await listen(tank, { socketPath: path })
    expect(await get(path)).toBe(200)
    await own.close()
  })

  it('refuse a live socket, a plain file, a taken port and a path that is too long', async () => {
    const path = join(folder, 'tank.sock')
    const own = await listen(tank, { socketPath: path })
    await expect(listen(tank, { socketPath: path })).rejects.toThrow(`${path} is already in use`)
    expect(await get(path)).toBe(200)
    await own.close()
    writeFileSync(path, 'precious')
    await expect(listen(tank, { socketPath: path })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    expect(statSync(path).size).toBe(8)
    await expect(listen(tank, { port })).rejects.toThrow(`127.0.0.1:${port} is already in use`)
    await expect(listen(tank, { socketPath: join(folder, 'x'.repeat(120)) })).rejects.toThrow('socket path is longer')
  })

  it('close with streams and hijacked connections open', async () => {
    const own = await listen(tank)
    const { port: other } = own.address as AddressInfo
    const wire = new Wire(other).write('GET /stream HTTP/1.1\r\nHost: d\r\n\r\n')
    const raw = new Wire(other).write('POST /attach HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n')
    await Promise.all([wire.has('\r\n\r\n'), raw.has('\r\n\r\n')])
    await own.close()
    await eventually(() => tank.pumps.size === 0)
  })
})
