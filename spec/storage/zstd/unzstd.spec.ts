import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ArchiveError } from '../../../src/storage/archive-error.ts'
import { decompress } from '../../../src/storage/gzip/decompress.ts'
import { unzstd } from '../../../src/storage/zstd/unzstd.ts'
import { xxh64Low } from '../../../src/storage/zstd/xxh64.ts'

const SENTENCE =
  'The daemon reads the layers of an image, one after the other, and puts what it finds there into the file system of the container that is made of it; a layer that was read once is not read again.\n'
const SENTENCES = SENTENCE + [...SENTENCE].reverse().join('')
/** Made by zstd 1.5.4. */
const MADE: readonly (readonly [made: string, content: string, file: string])[] = [
  ['nothing', '', 'KLUv/SQAAQAAmenYUQ=='],
  ['a letter', 'a', 'KLUv/QRYCQAAYVtujKk='],
  ['a repetition', 'hello world\n'.repeat(3), 'KLUv/QRolQAAYGhlbGxvIHdvcmxkCgEAB0sSME5BgQ=='],
  ['one byte again and again, without a checksum', 'a'.repeat(300), 'KLUv/QBYTQAAEGFhAQAnKsAC'],
  [
    'sentences',
    SENTENCES,
    'KLUv/QRoHQcARtIsFaA5B0UvtzSRJWXb5mf7604jUiVxBCYAJgAlAGlNI6UrE6Tm3EAdJarncX/Y4IaT9dyDXeqLjx5ll/FVD9NtekQEgHBmw4nXZX1x2GXFHdJ6sDdOXVn1M+dhcbDpuZbVH3Ywz3p1dhr5VDxN9BZ4aTtbTTYvnloOdQ8vV03krOKFV7y2ephVt6kN2wlABHqNn/BW8dRXSzYeFO/1yReD+kyRJFeV7LEzq4muXrvEY8e7lhUSKDBGhJgdEBh0Nx7gOIBCW4QHaNIRtDl8L0+ZRD0D/1oF1b7ZKBibD4cUfvYtjDP1',
  ],
]
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
const text = (content: Uint8Array) => new TextDecoder().decode(content)
const told = (message: string) => expect.objectContaining({ message })
const repetition = bytes(MADE[2]![2])
const sentences = bytes(MADE[4]![2])

const there = spawnSync('zstd', ['--version'], { stdio: 'ignore' }).status === 0
if (!there) console.warn('skipped: there is no zstd on this machine to compress with')
const zstd = (content: Uint8Array, ...options: readonly string[]) =>
  new Uint8Array(spawnSync('zstd', ['-q', '-c', ...options], { input: content, maxBuffer: 2 ** 30 }).stdout)

/** Bytes or a refusal come of what was changed in a few places, and cut. */
function spoilt(files: fc.Arbitrary<Uint8Array>): void {
  const flips = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 })
  const property = fc.property(files, flips, fc.option(fc.nat()), (file, all, cut) => {
    const changed = file.slice()
    for (const [at, value] of all) changed[at % changed.length] = value
    try {
      unzstd(cut === null ? changed : changed.subarray(0, cut % (changed.length + 1)), { limit: 1_000_000 })
    } catch (error) {
      expect(error).toBeInstanceOf(ArchiveError)
    }
  })
  fc.assert(property, { numRuns: 500 })
}

describe('unzstd', () => {
  test.each(MADE)('%s', (_made, content, file) => {
    expect(text(unzstd(bytes(file)))).toBe(content)
    expect(text(decompress(bytes(file)))).toBe(content)
  })

  test('frames one after the other are one; those of others are passed over', () => {
    const foreign = [0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]
    const file = new Uint8Array([...foreign, ...repetition, ...foreign, ...sentences])
    expect(text(unzstd(file))).toBe(`${'hello world\n'.repeat(3)}${SENTENCES}`)
    expect(text(decompress(file))).toBe(`${'hello world\n'.repeat(3)}${SENTENCES}`)
  })

  test('no more comes out than may', () => {
    const file = bytes(MADE[3]![2])
    expect(unzstd(file, { limit: 300 })).toHaveLength(300)
    expect(() => unzstd(file, { limit: 299 })).toThrow(told('archive is larger than 299 bytes when decompressed'))
  })

  test.each<[string, (file: Uint8Array) => Uint8Array, string]>([
    ['half of it', (file) => file.subarray(0, 20), 'unexpected EOF'],
    ['something behind it', (file) => new Uint8Array([...file, 1, 2, 3, 4]), 'invalid input: magic number mismatch'],
    ['another checksum', (file) => file.with(file.length - 1, file.at(-1)! ^ 1), 'CRC check failed'],
    ['a block of no kind', (file) => file.with(6, file[6]! | 6), 'invalid input: reserved block type encountered'],
    [
      'a dictionary',
      (file) => new Uint8Array([...file.with(4, 5).subarray(0, 6), 7, ...file.subarray(6)]),
      'unknown dictionary',
    ],
    ['another size', (file) => file.with(4, 0x24).with(5, 37), 'frame size does not match size on stream'],
  ])('%s is refused', (_words, change, message) => {
    expect(() => unzstd(change(repetition))).toThrow(told(message))
  })

  test('whatever it is given, it gives bytes or refuses', () => {
    spoilt(fc.constantFrom(...MADE).map(([, , file]) => bytes(file)))
  })

  test('the checksum of nothing, of a little and of more', () => {
    const sums = ['', 'a', 'abc', SENTENCE].map((content) => xxh64Low(new TextEncoder().encode(content)))
    expect(sums.map((sum) => sum.toString(16))).toEqual(['51d8e999', 'a98c6e5b', 'ad770999', '307bc333'])
  })
})

describe.runIf(there)('what zstd compressed', () => {
  test('comes back, whatever it was', () => {
    const runs = fc
      .array(fc.tuple(fc.nat(255), fc.nat(600)), { maxLength: 40 })
      .map((all) => Uint8Array.from(all.flatMap(([byte, length]) => Array<number>(length).fill(byte))))
    const words = fc
      .array(fc.constantFrom('container', 'image', 'layer ', '\n', 'a', 'usr/bin/', 'é'), { maxLength: 400 })
      .map((all) => new TextEncoder().encode(all.join('')))
    const options = fc.constantFrom<string[]>(['-1'], ['-3'], ['-9'], ['-19'], ['--fast=3'], ['--no-check'])
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 3000, size: 'max' }), runs, words), options, (content, how) => {
        expect(Buffer.compare(unzstd(zstd(content, ...how)), content)).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  test('also in several blocks, of bytes that shrink and that do not', () => {
    const content = new Uint8Array(600_000)
    for (let i = 0, value = 1; i < content.length; i++) {
      value = (Math.imul(value, 1_103_515_245) + 12_345) & 0x7fffffff
      content[i] = i % 200_000 < 70_000 ? value >> 16 : i % 1000 < 30 ? value >> 20 : i >> 7
    }
    for (const how of [['-1'], ['-6'], ['-19'], ['--fast=9']])
      expect(Buffer.compare(unzstd(zstd(content, ...how)), content)).toBe(0)
  })

  test('what is broken is refused, and never hangs', () => {
    spoilt(fc.constant(zstd(new TextEncoder().encode(`${SENTENCES}docker image layer ${Math.PI}\n`.repeat(60)), '-9')))
  })
})
