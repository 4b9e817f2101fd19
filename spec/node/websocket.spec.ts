import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { readWebsocket, websocketFrame } from '../../src/http/websocket.ts'
import { createWavetank } from '../../src/index.ts'
import { listen } from '../../src/node/index.ts'
import { Wire } from './wire.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const HANDSHAKE =
  'GET /containers/box/attach/ws?stream=1&stdin=1&stdout=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'

/** What a client types, masked with zeros, as a text of latin-1. */
function typed(text: string, opcode = 2): string {
  const frame = Buffer.from(websocketFrame(Buffer.from(text), opcode))
  frame[1]! |= 0x80
  return Buffer.concat([frame.subarray(0, 2), Buffer.alloc(4), frame.subarray(2)]).toString('latin1')
}

async function box() {
  const tank = createWavetank({ clock: 'manual' })
  const server = await listen(tank)
  closing.push(() => server.close())
  const post = (path: string, body = {}) =>
    tank.fetch(
      new Request(`http://docker${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
      }),
    )
  await post('/containers/create?name=box', { Image: 'busybox:1.36', Cmd: ['cat'], OpenStdin: true, StdinOnce: true })
  await post('/containers/box/start')
  const wire = new Wire((server.address as AddressInfo).port)
  closing.push(() => wire.socket.destroy())
  return wire
}

test('messages are input and output, without frames of the daemon, until the client closes', async () => {
  const wire = await box()
  const head = await wire.write(HANDSHAKE).has('\r\n\r\n')
  expect(head).toContain('HTTP/1.1 101 Switching Protocols')
  expect(head).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
  await wire.write(typed('hello\n')).has('\u0082\u0006hello\n')
  wire.write(typed('', 8))
  const body = Buffer.from((await wire.all()).split('\r\n\r\n')[1]!, 'latin1')
  const { payloads, closed } = readWebsocket(new Uint8Array(), body)
  expect(payloads.map((payload) => Buffer.from(payload).toString())).toEqual(['hello\n'])
  expect(closed).toBe(true)
})

test('without the upgrade it is refused in plain words', async () => {
  const wire = await box()
  const answer = await wire
    .write('GET /containers/box/attach/ws HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    .all()
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect(answer.endsWith('not websocket protocol')).toBe(true)
})
