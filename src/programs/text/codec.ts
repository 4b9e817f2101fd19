const encoder = new TextEncoder()
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Stands for a byte that is not UTF-8: U+DC80 + (byte - 0x80), as Python's surrogateescape. */
const ESCAPE = 0xdc00

/** Bytes to text and back without loss: programs pass on what they do not understand. */
export function decode(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return decodeBroken(bytes)
  }
}

function decodeBroken(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at)
    text += length === 0 ? String.fromCharCode(ESCAPE + bytes[at]!) : strict.decode(bytes.subarray(at, at + length))
    at += length || 1
  }
  return text
}

/** The length of the UTF-8 sequence at `at`, 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!
  if (first < 0x80) return 1
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
  if (length === 0 || at + length > bytes.length) return 0
  try {
    strict.decode(bytes.subarray(at, at + length))
    return length
  } catch {
    return 0
  }
}

const ESCAPED = /[\udc80-\udcff]/

export function encode(text: string): Uint8Array {
  if (!ESCAPED.test(text)) return encoder.encode(text)
  return encodeBroken(text)
}

function encodeBroken(text: string): Uint8Array {
  const bytes: number[] = []
  for (const char of text) {
    const code = char.codePointAt(0)!
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - ESCAPE)
    else for (const byte of encoder.encode(char)) bytes.push(byte)
  }
  return new Uint8Array(bytes)
}

/** The bytes of a text, each as one character: for programs that think in bytes. */
export function decodeBytes(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

export function encodeBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** How many bytes a text takes. */
export function byteLength(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x80) continue
    if (code < 0x800) length++
    else if (code < 0xd800 || code > 0xdfff) length += 2
    else if (code < 0xdc80 || code > 0xdcff || isLow(text, at)) length++
  }
  return length
}

/** The second half of a pair: with the first one it makes four bytes. */
function isLow(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  return before >= 0xd800 && before <= 0xdbff
}

/** Order of the bytes of UTF-8, which is what `sort` and file lists in the C locale follow. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const x = a.charCodeAt(at)
    const y = b.charCodeAt(at)
    if (x === y) continue
    // Pairs stand for code points beyond all single units.
    const high = (code: number) => (code >= 0xd800 && code <= 0xdfff ? code + 0x10000 : code)
    return high(x) - high(y)
  }
  return a.length - b.length
}
