import { sha256 } from '#sha256'
import { utf8 } from '../../http/json-lines.ts'

const BLOCK = 64

const bytesOf = (hex: string) =>
  Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))

/** HMAC-SHA256, RFC 2104. */
export function hmac(key: string, text: string): Uint8Array {
  const given = utf8(key)
  const block = new Uint8Array(BLOCK)
  block.set(given.length > BLOCK ? bytesOf(sha256(given)) : given)
  const inner = bytesOf(
    sha256(
      block.map((byte) => byte ^ 0x36),
      text,
    ),
  )
  return bytesOf(
    sha256(
      block.map((byte) => byte ^ 0x5c),
      inner,
    ),
  )
}
