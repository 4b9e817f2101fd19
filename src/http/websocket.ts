import { utf8 } from './json-lines.ts'
import { sha1 } from './sha1.ts'

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** `Sec-WebSocket-Accept` for a client's `Sec-WebSocket-Key`. RFC 6455 §4.2.2 */
export const acceptKey = (key: string): string => btoa(String.fromCharCode(...sha1(utf8(key + GUID))))

export const TEXT = 1
export const BINARY = 2
const CLOSE = 8
const PING = 9
const PONG = 10
const FINAL = 0x80
const MASKED = 0x80

/** A message of a server in one frame; binary unless said otherwise. */
export function websocketFrame(payload: Uint8Array, opcode = BINARY): Uint8Array {
  const { length } = payload
  const extra = length < 126 ? 0 : length < 0x1_0000 ? 2 : 8
  const out = new Uint8Array(2 + extra + length)
  out[0] = FINAL | opcode
  out[1] = extra === 0 ? length : extra === 2 ? 126 : 127
  const view = new DataView(out.buffer)
  if (extra === 2) view.setUint16(2, length)
  if (extra === 8) view.setBigUint64(2, BigInt(length))
  out.set(payload, 2 + extra)
  return out
}

/** The last frame of a server: a normal end. */
export const websocketClose: Uint8Array = websocketFrame(Uint8Array.of(0x03, 0xe8), CLOSE)

/** What a client's bytes so far came to. */
export interface Received {
  /** The payloads of its messages, whatever their frames. */
  readonly payloads: readonly Uint8Array[]
  /** What must be answered at once: pongs. */
  readonly answers: readonly Uint8Array[]
  /** It has closed, or does not speak the protocol. */
  readonly closed: boolean
  /** The beginning of a frame that is not whole yet. */
  readonly rest: Uint8Array
}

/** Reads a client's frames; `before` is the rest of the last time. */
export function readWebsocket(before: Uint8Array, bytes: Uint8Array): Received {
  let rest = new Uint8Array(before.length + bytes.length)
  rest.set(before)
  rest.set(bytes, before.length)
  const payloads: Uint8Array[] = []
  const answers: Uint8Array[] = []
  for (;;) {
    const frame = firstFrame(rest)
    if (!frame) return { payloads, answers, closed: false, rest }
    if (frame.opcode === CLOSE || frame.size > LARGEST) return { payloads, answers, closed: true, rest: NOTHING }
    if (frame.opcode === PING) answers.push(websocketFrame(frame.payload, PONG))
    else if (frame.opcode !== PONG && frame.payload.length > 0) payloads.push(frame.payload)
    rest = rest.slice(frame.size)
  }
}

const NOTHING = new Uint8Array(0)
/** Nobody types more at once. */
const LARGEST = 32 * 1024 * 1024

interface Frame {
  readonly opcode: number
  readonly payload: Uint8Array
  readonly size: number
}

function firstFrame(bytes: Uint8Array): Frame | undefined {
  if (bytes.length < 2) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const opcode = bytes[0]! & 0x0f
  const short = bytes[1]! & 0x7f
  const lengthAt = short === 126 ? 4 : short === 127 ? 10 : 2
  if (bytes.length < lengthAt) return undefined
  const length = short === 126 ? view.getUint16(2) : short === 127 ? Number(view.getBigUint64(2)) : short
  const masked = (bytes[1]! & MASKED) !== 0
  const start = lengthAt + (masked ? 4 : 0)
  const size = start + length
  if (size > LARGEST) return { opcode, payload: NOTHING, size }
  if (bytes.length < size) return undefined
  const payload = bytes.slice(start, size)
  if (masked) for (let i = 0; i < payload.length; i++) payload[i]! ^= bytes[lengthAt + (i & 3)]!
  return { opcode, payload, size }
}
