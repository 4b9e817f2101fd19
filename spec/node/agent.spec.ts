import http from 'node:http'
import { text } from 'node:stream/consumers'
import * as undici from 'undici'
import { beforeEach, describe, expect, it } from 'vitest'
import { agent, connect } from '../../src/node/index.ts'
import { ToyTank } from './toy-tank.ts'
import { eventually } from './wire.ts'

let tank: ToyTank
beforeEach(() => {
  tank = new ToyTank()
})

const ask = (options: http.RequestOptions, body?: string | Uint8Array): http.ClientRequest => {
  const request = http.request({ host: 'tank', ...options })
  request.end(body)
  return request
}
const answered = (request: http.ClientRequest) =>
  new Promise<http.IncomingMessage>((resolve, reject) => request.on('response', resolve).on('error', reject))

describe('agent', () => {
  it('answers without a port, on one kept connection', async () => {
    const inside = agent(tank, { maxSockets: 1 })
    for (const path of ['/one', '/two'])
      expect(JSON.parse(await text(await answered(ask({ path, agent: inside }))))).toMatchObject({ target: path })
    inside.destroy()
  })

  it('carries 100 MB each way', async () => {
    const inside = agent(tank)
    const up = await answered(ask({ path: '/x', method: 'POST', agent: inside }, new Uint8Array(100 * 2 ** 20)))
    expect(JSON.parse(await text(up))).toMatchObject({ size: 100 * 2 ** 20 })
    let size = 0
    for await (const part of await answered(ask({ path: '/big', agent: inside }))) size += (part as Buffer).length
    expect(size).toBe(100 * 2 ** 20)
    inside.destroy()
  })

  it('streams, and ends the stream when the client leaves', async () => {
    const response = await answered(ask({ path: '/stream', agent: agent(tank) }))
    const chunks = response[Symbol.asyncIterator]()
    tank.say('one')
    expect(String((await chunks.next()).value)).toBe('one')
    response.destroy()
    await eventually(() => tank.pumps.size === 0)
  })

  it('holds the clock while the client does not read', async () => {
    const response = await answered(ask({ path: '/stream', agent: agent(tank) }))
    response.pause()
    const [pump] = tank.pumps
    for (let i = 0; i < 8; i++) tank.say(new Uint8Array(1 << 20))
    expect(pump!.waits).toBe(false)
    response.resume()
    await eventually(() => pump!.waits === true)
    response.destroy()
  })

  it('gives the connection away, both ways, with half-close', async () => {
    const request = ask({
      path: '/attach',
      method: 'POST',
      agent: agent(tank),
      headers: { Connection: 'Upgrade', Upgrade: 'tcp', 'Content-Length': 0 },
    })
    const socket = await new Promise<NodeJS.ReadWriteStream>((resolve) =>
      request.on('upgrade', (_response, upgraded) => resolve(upgraded)),
    )
    socket.write('in')
    socket.end()
    expect(await text(socket)).toBe('<in>bye')
    expect(tank.input).toEqual(['in', undefined])
  })

  it('hijacks without Upgrade too', async () => {
    const response = await answered(ask({ path: '/attach', method: 'POST', agent: agent(tank) }, '{}'))
    response.socket.write('in')
    response.socket.end()
    expect(await text(response)).toBe('<in>bye')
  })
})

describe('connect', () => {
  it('is the same for undici', async () => {
    const dispatcher = new undici.Agent({ connect: connect(tank) as never })
    const { body } = await undici.request('http://tank/x?y=1', { dispatcher })
    expect(await body.json()).toMatchObject({ target: '/x?y=1' })
    const stream = await undici.request('http://tank/stream', { dispatcher })
    tank.say('one')
    tank.finish()
    expect(await stream.body.text()).toBe('one')
    await dispatcher.close()
  })
})
