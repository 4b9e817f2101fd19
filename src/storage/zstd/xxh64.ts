/** Numbers of 64 bits as two halves: the high one, the low one. */
type Long = readonly [number, number]

const P1: Long = [0x9e3779b1, 0x85ebca87]
const P2: Long = [0xc2b2ae3d, 0x27d4eb4f]
const P3: Long = [0x165667b1, 0x9e3779f9]
const P4: Long = [0x85ebca77, 0xc2b2ae63]
const P5: Long = [0x27d4eb2f, 0x165667c5]

const add = ([ah, al]: Long, [bh, bl]: Long): Long => {
  const low = (al >>> 0) + (bl >>> 0)
  return [(ah + bh + (low >= 2 ** 32 ? 1 : 0)) | 0, low | 0]
}

const xor = ([ah, al]: Long, [bh, bl]: Long): Long => [ah ^ bh, al ^ bl]

const rotate = ([high, low]: Long, by: number): Long => {
  const [h, l, n] = by >= 32 ? [low, high, by - 32] : [high, low, by]
  return n === 0 ? [h, l] : [(h << n) | (l >>> (32 - n)), (l << n) | (h >>> (32 - n))]
}

const shift = ([high, low]: Long, by: number): Long =>
  by >= 32 ? [0, high >>> (by - 32)] : [high >>> by, (low >>> by) | (high << (32 - by))]

function multiply([ah, al]: Long, [bh, bl]: Long): Long {
  const [a0, a1, b0, b1] = [al & 0xffff, al >>> 16, bl & 0xffff, bl >>> 16]
  const [low, cross, other] = [a0 * b0, a0 * b1, a1 * b0]
  const middle = Math.floor(low / 0x10000) + (cross % 0x10000) + (other % 0x10000)
  const carried = a1 * b1 + Math.floor(cross / 0x10000) + Math.floor(other / 0x10000) + Math.floor(middle / 0x10000)
  return [(((carried % 2 ** 32) | 0) + Math.imul(ah, bl) + Math.imul(al, bh)) | 0, (middle << 16) | (low & 0xffff)]
}

const round = (lane: Long, input: Long): Long => multiply(rotate(add(lane, multiply(input, P2)), 31), P1)
const merge = (hash: Long, lane: Long): Long => add(multiply(xor(hash, round([0, 0], lane)), P1), P4)

/** The lower half of XXH64 with the seed 0. */
export function xxh64Low(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const long = (at: number): Long => [view.getInt32(at + 4, true), view.getInt32(at, true)]
  let [hash, at] = stripes(bytes.length, long)
  hash = add(hash, [0, bytes.length])
  for (; at + 8 <= bytes.length; at += 8) hash = add(multiply(rotate(xor(hash, round([0, 0], long(at))), 27), P1), P4)
  if (at + 4 <= bytes.length) {
    hash = add(multiply(rotate(xor(hash, multiply([0, view.getInt32(at, true)], P1)), 23), P2), P3)
    at += 4
  }
  for (; at < bytes.length; at++) hash = multiply(rotate(xor(hash, multiply([0, bytes[at]!], P5)), 11), P1)
  hash = multiply(xor(hash, shift(hash, 33)), P2)
  hash = multiply(xor(hash, shift(hash, 29)), P3)
  return xor(hash, shift(hash, 32))[1] >>> 0
}

/** Thirty-two bytes at a time, in four lanes; gives how far that goes. */
function stripes(length: number, long: (at: number) => Long): [Long, number] {
  if (length < 32) return [P5, 0]
  let [a, b, c, d]: [Long, Long, Long, Long] = [add(P1, P2), P2, [0, 0], multiply(P1, [-1, -1])]
  let at = 0
  for (; at + 32 <= length; at += 32) {
    a = round(a, long(at))
    b = round(b, long(at + 8))
    c = round(c, long(at + 16))
    d = round(d, long(at + 24))
  }
  const all = add(add(rotate(a, 1), rotate(b, 7)), add(rotate(c, 12), rotate(d, 18)))
  return [[a, b, c, d].reduce(merge, all), at]
}
