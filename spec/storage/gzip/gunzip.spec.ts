import { deflateRawSync, gzipSync, constants as zlib } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32 } from '../../../src/storage/gzip/crc32.ts'
import { compressionOf, decompress } from '../../../src/storage/gzip/decompress.ts'
import { gunzip } from '../../../src/storage/gzip/gunzip.ts'
import { gzip } from '../../../src/storage/gzip/gzip.ts'
import { refusal } from '../refusal.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

/** Compressible and not, shorter and longer than the pieces that are fed and the window of 32 KiB. */
const content = fc.oneof(
  fc.uint8Array({ maxLength: 2_000, size: 'max' }),
  fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 3_000 }))
    .map(([seed, times]) => new Uint8Array(Buffer.alloc(seed.length * times, seed))),
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat(90_000)).map(([seed, range, length]) => {
    let state = seed
    return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) % range)
  }),
)
const level = fc.integer({ min: 0, max: 9 })
const strategy = fc.constantFrom(zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE)

describe('against the host’s zlib', () => {
  test('we read what it writes, in any number of members', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(content, level, strategy), { minLength: 1, maxLength: 3 }), (members) => {
        const packed = join(...members.map(([body, level, strategy]) => gzipSync(body, { level, strategy })))
        expect(Buffer.from(gunzip(packed)).equals(join(...members.map(([body]) => body)))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('it reads what we write', async () => {
    const { gunzipSync } = await import('node:zlib')
    fc.assert(
      fc.property(content, fc.constantFrom(1, 6, 9, 0), (body, level) => {
        expect(gunzipSync(gzip(body, level as 6)).equals(body)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('gzip', () => {
  test('writes no time and no host', () => {
    expect([...gzip(bytes('hello'))]).toEqual([
      ...[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3],
      ...[0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00],
      ...[0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0],
    ])
  })

  test('CRC-32 goes on where it was', () => {
    expect([crc32(bytes('')), crc32(bytes('123456789')), crc32(bytes('6789'), crc32(bytes('12345')))]).toEqual([
      0, 0xcbf43926, 0xcbf43926,
    ])
  })
})

describe('headers', () => {
  const deflated = new Uint8Array(deflateRawSync(bytes('hello')))
  const trailer = Uint8Array.of(0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0)
  const member = (flags: number, ...extra: Uint8Array[]) =>
    join(Uint8Array.of(0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255), ...extra, deflated, trailer)
  const withCrc = (header: Uint8Array) => {
    const crc = crc32(header) & 0xffff
    return join(header, Uint8Array.of(crc & 255, crc >> 8), deflated, trailer)
  }

  test.each([
    ['bare', member(0)],
    ['a name and a comment', member(8 | 16, bytes('name\0'), bytes('comment\0'))],
    ['an extra field', member(4, Uint8Array.of(3, 0, 1, 2, 3))],
    ['a checksum of its own', withCrc(Uint8Array.of(0x1f, 0x8b, 8, 2, 0, 0, 0, 0, 0, 255))],
    [
      'all of them',
      withCrc(join(Uint8Array.of(0x1f, 0x8b, 8, 30, 0, 0, 0, 0, 0, 255), Uint8Array.of(1, 0, 9), bytes('n\0c\0'))),
    ],
  ])('%s', (_words, packed) => {
    expect(gunzip(packed)).toEqual(bytes('hello'))
  })

  test.each([
    ['no gzip at all', bytes('hello, hello, hello'), 'gzip: invalid header'],
    ['another method', Uint8Array.of(0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 0), 'gzip: invalid header'],
    ['a wrong checksum of the header', member(2, Uint8Array.of(1, 2)), 'gzip: invalid header'],
    ['an extra field that does not end', member(4, Uint8Array.of(255, 255)), 'unexpected EOF'],
    ['a name that does not end', Uint8Array.of(0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0, 65), 'unexpected EOF'],
    ['nothing', new Uint8Array(0), 'unexpected EOF'],
    ['something else behind it', join(member(0), bytes('garbage and more')), 'gzip: invalid header'],
    ['a little behind it', join(member(0), Uint8Array.of(0)), 'unexpected EOF'],
  ])('%s is refused', (_words, packed, message) => {
    expect(refusal(() => gunzip(packed))).toBe(message)
  })
})

describe('damage', () => {
  test('every truncation is noticed', () => {
    fc.assert(
      fc.property(content, level, fc.nat(), (body, level, at) => {
        const packed = new Uint8Array(gzipSync(body, { level }))
        expect(refusal(() => gunzip(packed.subarray(0, at % packed.length)))).toBe('unexpected EOF')
      }),
      { numRuns: 100 },
    )
  })

  test('every other byte is noticed, or did not matter', () => {
    fc.assert(
      fc.property(content, level, fc.nat(), fc.integer({ min: 1, max: 255 }), (body, level, at, flip) => {
        const packed = new Uint8Array(gzipSync(body, { level }))
        packed[at % packed.length]! ^= flip
        let out: Uint8Array | undefined
        const message = refusal(() => (out = gunzip(packed, { limit: 2 ** 20 })))
        if (out) expect(Buffer.from(out).equals(body)).toBe(true)
        else
          expect(message).toMatch(
            /^unexpected EOF$|^gzip: invalid (header|checksum)$|^flate: corrupt|^archive is larger/,
          )
      }),
      { numRuns: 200 },
    )
  })

  test('a wrong length is a wrong checksum', () => {
    const packed = gzip(bytes('hello'))
    packed[packed.length - 4] = 6
    expect(refusal(() => gunzip(packed))).toBe('gzip: invalid checksum')
  })
})

test('a bomb is given up before it has taken much more than the limit', () => {
  const bomb = join(...Array.from({ length: 40 }, () => new Uint8Array(gzipSync(new Uint8Array(2 ** 22)))))
  let largest = 0
  const original = Uint8Array.prototype.set
  Uint8Array.prototype.set = function (source, offset) {
    largest = Math.max(largest, this.length)
    return original.call(this, source, offset)
  }
  try {
    expect(refusal(() => gunzip(bomb, { limit: 1_000_000 }))).toBe(
      'archive is larger than 1000000 bytes when decompressed',
    )
  } finally {
    Uint8Array.prototype.set = original
  }
  expect(largest).toBeLessThan(2 ** 26)
  expect(gunzip(bomb.subarray(0, bomb.length / 40), { limit: 2 ** 22 }).length).toBe(2 ** 22)
})

describe('decompress', () => {
  test('knows compressions by their first bytes', () => {
    const first = (...numbers: number[]) => compressionOf(Uint8Array.from(numbers))
    expect([
      first(),
      first(0x1f, 0x8b),
      first(0x1f, 0x8b, 8),
      first(66, 90, 104, 57),
      first(0xfd, 55, 122, 88, 90, 0),
      first(0x28, 0xb5, 0x2f, 0xfd),
    ]).toEqual(['none', 'none', 'gzip', 'bzip2', 'xz', 'zstd'])
  })

  test('gives plain bytes back as they are, and gunzips', () => {
    const plain = bytes('plain')
    expect(decompress(plain)).toBe(plain)
    expect(decompress(gzip(plain))).toEqual(plain)
    expect(decompress(new Uint8Array(0)).length).toBe(0)
    expect(refusal(() => decompress(gzip(new Uint8Array(99)), { limit: 98 }))).toContain('larger than 98')
  })
})
