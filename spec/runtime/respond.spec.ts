import { beforeEach, describe, expect, it } from 'vitest'
import { hijackOf, respond } from '../../src/runtime/respond.ts'
import { ToyTank } from '../node/toy-tank.ts'

let tank: ToyTank
beforeEach(() => {
  tank = new ToyTank()
})
const fetch = (path: string, init?: RequestInit) => respond(tank, new Request(`http://docker${path}`, init))

describe('respond', () => {
  it('gives method, raw target, origin and body to the tank', async () => {
    const response = await fetch('/a%2Fb?c=%20', { method: 'POST', body: 'text' })
    expect(response.headers.get('content-type')).toBe('application/json')
    const body = await response.text()
    expect(response.headers.get('content-length')).toBe(String(body.length))
    expect(JSON.parse(body)).toEqual({
      method: 'POST',
      target: '/a%2Fb?c=%20',
      origin: 'http://docker',
      size: 4,
      text: 'text',
    })
    expect(tank.kicks).toBe(1)
  })

  it('gives 204 and HEAD without a body', async () => {
    expect((await fetch('/none')).body).toBeNull()
    const head = await fetch('/x', { method: 'HEAD' })
    expect(head.body).toBeNull()
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(0)
  })

  it('gives many parts one by one, uncopied', async () => {
    const reader = (await fetch('/big')).body!.getReader()
    const [first, second] = [await reader.read(), await reader.read()]
    expect(first.value).toBe(second.value)
  })

  it('streams, and ends the fold when the reader cancels', async () => {
    const reader = (await fetch('/stream')).body!.getReader()
    const [chunk] = await Promise.all([reader.read(), Promise.resolve().then(() => tank.say('one'))])
    expect(new TextDecoder().decode(chunk.value)).toBe('one')
    await reader.cancel()
    expect(tank.pumps.size).toBe(0)
  })

  it('ends a stream by itself', async () => {
    const response = await fetch('/stream')
    tank.say('a')
    tank.say('b')
    tank.finish()
    expect(await response.text()).toBe('ab')
  })

  it('holds the clock when the reader does not read', async () => {
    const response = await fetch('/stream')
    const [pump] = tank.pumps
    tank.say(new Uint8Array(1 << 20))
    await Promise.resolve()
    expect(pump!.waits).toBe(false)
    tank.finish()
    expect((await response.arrayBuffer()).byteLength).toBe(1 << 20)
  })

  it('ends a stream with the signal’s reason', async () => {
    const abort = new AbortController()
    const response = await fetch('/stream', { signal: abort.signal })
    const failed = response.text().catch((error: Error) => error.name)
    abort.abort()
    expect(await failed).toBe('AbortError')
    expect(tank.pumps.size).toBe(0)
  })

  it('waits for an answer that is known only later', async () => {
    const late = fetch('/later', { method: 'POST' })
    await new Promise((resolve) => setTimeout(resolve))
    tank.say('ready')
    tank.finish()
    expect(await (await late).text()).toBe('ready')
  })

  it('gives up a later answer when the client aborts', async () => {
    const abort = new AbortController()
    const late = fetch('/later', { signal: abort.signal })
    await new Promise((resolve) => setTimeout(resolve))
    abort.abort()
    await expect(late).rejects.toMatchObject({ name: 'AbortError' })
    expect(tank.pumps.size).toBe(0)
  })

  it('carries a hijack as a function over the connection', async () => {
    const response = await fetch('/attach', { method: 'POST' })
    const hijack = hijackOf(response)!
    expect(hijack.contentType.upgraded).toBe('application/vnd.docker.multiplexed-stream')
    let out = ''
    const peer = hijack.run({
      write: (bytes) => (out += new TextDecoder().decode(bytes)).length > 0,
      end: () => (out += '.'),
    })
    peer.bytes(new TextEncoder().encode('in'))
    peer.halfClosed()
    expect(out).toBe('<in>bye.')
    expect(hijackOf(await fetch('/x'))).toBeUndefined()
  })

  it('gives the output of a hijack as the body to those who have no connection', async () => {
    const response = await fetch('/attach', { method: 'POST' })
    tank.say('out')
    tank.finish()
    expect(await response.text()).toBe('out')
  })
})
