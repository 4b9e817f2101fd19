import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sha1 } from '../../src/http/sha1.ts'
import { acceptKey, readWebsocket, websocketFrame } from '../../src/http/websocket.ts'

test('sha1 is that of node', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(Buffer.from(sha1(bytes)).toString('hex')).toBe(createHash('sha1').update(bytes).digest('hex'))
    }),
  )
})

test("the accept key of the protocol's own example", () => {
  expect(acceptKey('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
})

/** A client's frame: masked. */
function clientFrame(payload: Uint8Array, mask: Uint8Array, opcode = 2): Uint8Array {
  const plain = websocketFrame(payload, opcode)
  const head = plain.length - payload.length
  const out = new Uint8Array(plain.length + 4)
  out.set(plain.subarray(0, head))
  out[1]! |= 0x80
  out.set(mask, head)
  payload.forEach((byte, i) => {
    out[head + 4 + i] = byte ^ mask[i & 3]!
  })
  return out
}

const mask = fc.uint8Array({ minLength: 4, maxLength: 4 })
const messages = fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 400 }), mask), { maxLength: 6 })

describe('reading', () => {
  test('gives the payloads, however the bytes are cut', () => {
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 50 }), (sent, step) => {
        const bytes = Buffer.concat(sent.map(([payload, key]) => clientFrame(payload, key)))
        let rest: Uint8Array = new Uint8Array()
        const read: Uint8Array[] = []
        for (let at = 0; at < bytes.length; at += step) {
          const received = readWebsocket(rest, bytes.subarray(at, at + step))
          read.push(...received.payloads)
          rest = received.rest
        }
        expect(read).toEqual(sent.map(([payload]) => payload))
        expect(rest).toHaveLength(0)
      }),
    )
  })

  test('answers a ping and ends at a close', () => {
    const ping = clientFrame(Uint8Array.of(1), Uint8Array.of(1, 2, 3, 4), 9)
    const close = clientFrame(new Uint8Array(), Uint8Array.of(1, 2, 3, 4), 8)
    const received = readWebsocket(new Uint8Array(), Buffer.concat([ping, close]))
    expect(received.answers).toEqual([websocketFrame(Uint8Array.of(1), 10)])
    expect(received.closed).toBe(true)
  })

  test('a length that nobody sends closes', () => {
    const huge = Uint8Array.of(0x82, 0xff, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
    expect(readWebsocket(new Uint8Array(), huge).closed).toBe(true)
  })
})

test('long payloads have long lengths', () => {
  for (const length of [0, 125, 126, 65_535, 65_536]) {
    const frame = websocketFrame(new Uint8Array(length))
    const { payloads, rest } = readWebsocket(new Uint8Array(), frame)
    expect(rest).toHaveLength(0)
    expect(payloads.map((payload) => payload.length)).toEqual(length === 0 ? [] : [length])
  }
})
