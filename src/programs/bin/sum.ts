import { gather } from './gather.ts'

/** The checksum of POSIX's cksum: CRC-32 over the bytes and their count. */
function crc(bytes: Uint8Array): number {
  let value = 0
  const feed = (byte: number) => {
    value ^= byte << 24
    for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1
  }
  for (const byte of bytes) feed(byte)
  for (let length = bytes.length; length > 0; length = Math.floor(length / 256)) feed(length & 255)
  return ~value >>> 0
}

export const cksum = gather({
  name: 'cksum',
  short: '',
  usage: 'cksum FILE...',
  done(call, contents) {
    for (const [index, bytes] of contents.entries()) {
      const name = call.operands[index]
      call.out(`${crc(bytes)} ${bytes.length}${name === undefined ? '' : ` ${name}`}\n`)
    }
    return undefined
  },
})
