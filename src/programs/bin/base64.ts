import { decodeBytes } from '../text/codec.ts'
import { gather } from './gather.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3)
    const three = (a << 16) | (b << 8) | c
    const left = bytes.length - at
    text += ALPHABET[three >> 18]! + ALPHABET[(three >> 12) & 63]!
    text += left > 1 ? ALPHABET[(three >> 6) & 63]! : '='
    text += left > 2 ? ALPHABET[three & 63]! : '='
  }
  return text
}

/** Undefined: it is no base64. */
function decodeBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s/g, '').replace(/=+$/, '')
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (const char of digits) {
    const value = ALPHABET.indexOf(char)
    if (value < 0) return undefined
    bits = (bits << 6) | value
    count += 6
    if (count >= 8) {
      count -= 8
      bytes.push((bits >> count) & 255)
    }
  }
  return new Uint8Array(bytes)
}

export const base64 = gather({
  name: 'base64',
  short: 'diw:',
  long: { decode: 'd', 'wrap:': 'w' },
  usage: 'base64 [-d] [-w COL] [FILE]',
  done(call, [bytes]) {
    if (!bytes) return 1
    if (call.has('d')) {
      const decoded = decodeBase64(decodeBytes(bytes))
      if (decoded) call.out(decoded)
      else call.fail('truncated input')
      return undefined
    }
    const width = Number(call.value('w') ?? 76)
    const text = encodeBase64(bytes)
    const lines = width > 0 ? (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []) : [text]
    call.out(lines.length > 0 && text !== '' ? lines.join('\n') + (width > 0 ? '\n' : '') : '')
    return undefined
  },
})
