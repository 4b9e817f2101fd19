/** x^64 + … of ECMA-182, the lowest bit first, in two halves. */
const [HIGH, LOW] = [0xc96c5795, 0xd7870f42]

const HIGHS = new Uint32Array(256)
const LOWS = new Uint32Array(256)
for (let byte = 0; byte < 256; byte++) {
  let [high, low] = [0, byte]
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1
    low = ((low >>> 1) | (high << 31)) >>> 0
    high >>>= 1
    if (odd) [high, low] = [high ^ HIGH, low ^ LOW]
  }
  HIGHS[byte] = high
  LOWS[byte] = low
}

/** CRC-64 as xz has it: eight bytes, the lowest first. */
export function crc64(bytes: Uint8Array): Uint8Array {
  let [high, low] = [-1, -1]
  for (let i = 0; i < bytes.length; i++) {
    const index = (low ^ bytes[i]!) & 0xff
    low = ((low >>> 8) | (high << 24)) ^ LOWS[index]!
    high = (high >>> 8) ^ HIGHS[index]!
  }
  const sum = new DataView(new ArrayBuffer(8))
  sum.setUint32(0, ~low, true)
  sum.setUint32(4, ~high, true)
  return new Uint8Array(sum.buffer)
}
