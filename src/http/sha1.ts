/** SHA-1, for nothing but the handshake of websockets. FIPS 180-4 §6.1 */
export function sha1(bytes: Uint8Array): Uint8Array {
  const blocks = padded(bytes)
  const hash = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
  const view = new DataView(blocks.buffer)
  for (let at = 0; at < blocks.length; at += 64) mix(hash, view, at)
  const out = new Uint8Array(20)
  const digest = new DataView(out.buffer)
  hash.forEach((word, i) => {
    digest.setUint32(i * 4, word)
  })
  return out
}

function padded(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  out.set(bytes)
  out[bytes.length] = 0x80
  new DataView(out.buffer).setUint32(out.length - 4, bytes.length * 8)
  return out
}

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by))

function mix(hash: Uint32Array, view: DataView, at: number): void {
  const words = new Uint32Array(80)
  for (let i = 0; i < 16; i++) words[i] = view.getUint32(at + i * 4)
  for (let i = 16; i < 80; i++) words[i] = rotate(words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!, 1)
  let [a, b, c, d, e] = hash as unknown as [number, number, number, number, number]
  for (let i = 0; i < 80; i++) {
    const next = (rotate(a, 5) + round(i, b, c, d) + e + words[i]!) | 0
    ;[a, b, c, d, e] = [next, a, rotate(b, 30), c, d]
  }
  ;[a, b, c, d, e].forEach((word, i) => {
    hash[i] = hash[i]! + word
  })
}

function round(i: number, b: number, c: number, d: number): number {
  if (i < 20) return ((b & c) | (~b & d)) + 0x5a827999
  if (i < 40) return (b ^ c ^ d) + 0x6ed9eba1
  if (i < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
  return (b ^ c ^ d) + 0xca62c1d6
}
