const POLYNOMIAL = 0x04c11db7

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ POLYNOMIAL : value << 1
  return value >>> 0
})

/** The checksum of a block: a CRC-32 that takes the highest bit first. */
export function blockChecksum(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (let i = 0; i < bytes.length; i++) value = (value << 8) ^ TABLE[(value >>> 24) ^ bytes[i]!]!
  return ~value >>> 0
}

/** That of a file, with one more block. */
export const combined = (file: number, block: number): number => (((file << 1) | (file >>> 31)) ^ block) >>> 0
