import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ArchiveError } from '../../../src/storage/archive-error.ts'
import { decompress } from '../../../src/storage/gzip/decompress.ts'
import { unxz } from '../../../src/storage/xz/unxz.ts'

const GREETING = 'hello world\n'
/** Made by xz 5.4.1. */
const MADE: readonly (readonly [made: string, content: string, file: string])[] = [
  ['nothing', '', '/Td6WFoAAATm1rRGAAAAABzfRCEftvN9AQAAAAAEWVo='],
  ['a letter', 'a', '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jMAQAAYQAAAAAFK2Uud4QCMwABGQGlLIHMH7bzfQEAAAAABFla'],
  [
    'without a check',
    GREETING.repeat(2),
    '/Td6WFoAAAD/EtlBAgAhARYAAAB0L+Wj4AAXABJdADQZSe6N6ReJOjNf/LMaCxQAAAAAAAABJhhZrjTwBnKeegEAAAAAAFla',
  ],
  [
    'with CRC-32',
    GREETING.repeat(2),
    '/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj4AAXABJdADQZSe6N6ReJOjNf/LMaCxQAAAAAAKogFwoAASoYVeGBXJBCmQ0BAAAAAAFZWg==',
  ],
  [
    'with CRC-64',
    GREETING.repeat(2),
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AAXABJdADQZSe6N6ReJOjNf/LMaCxQAAAAAABBYVHrkoRHIAAEuGFEk7TgftvN9AQAAAAAEWVo=',
  ],
  [
    'with SHA-256',
    GREETING.repeat(2),
    '/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4AAXABJdADQZSe6N6ReJOjNf/LMaCxQAAAAAAOxJijYiHdhgxvJOomyynOxoo4R5SW945UzjXzTIEGhHAAFGGP7FyZUYm0uaAQAAAAAKWVo=',
  ],
]
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
const text = (content: Uint8Array) => new TextDecoder().decode(content)
const greeting = bytes(MADE[4]![2])
const told = (words: string) => expect.objectContaining({ message: `exit status 1: xz: (stdin): ${words}\n` })

const there = spawnSync('xz', ['--version'], { stdio: 'ignore' }).status === 0
if (!there) console.warn('skipped: there is no xz on this machine to compress with')
const xz = (content: Uint8Array, ...options: readonly string[]) =>
  new Uint8Array(spawnSync('xz', ['-c', ...options], { input: content, maxBuffer: 2 ** 30 }).stdout)

/** What xz itself says. */
const wordsOf = (file: Uint8Array) => spawnSync('xz', ['-dcq'], { input: file, encoding: 'utf8' }).stderr

describe('unxz', () => {
  test.each(MADE)('%s', (_made, content, file) => {
    expect(text(unxz(bytes(file)))).toBe(content)
    expect(text(decompress(bytes(file)))).toBe(content)
  })

  test('streams one after the other are one, with zeros between them', () => {
    const file = new Uint8Array([...greeting, 0, 0, 0, 0, ...bytes(MADE[5]![2]), 0, 0, 0, 0, 0, 0, 0, 0])
    expect(text(unxz(file))).toBe(GREETING.repeat(4))
    expect(() => unxz(file.subarray(0, -1))).toThrow(told('Compressed data is corrupt'))
  })

  test('no more comes out than may', () => {
    expect(unxz(greeting, { limit: 24 })).toHaveLength(24)
    expect(() => unxz(greeting, { limit: 23 })).toThrow(
      expect.objectContaining({ message: 'archive is larger than 23 bytes when decompressed' }),
    )
  })

  test.each<[string, (file: Uint8Array) => Uint8Array, string]>([
    ['half of it', (file) => file.subarray(0, 40), 'Unexpected end of input'],
    ['half of its header', (file) => file.subarray(0, 10), 'Unexpected end of input'],
    ['half of its magic', (file) => file.subarray(0, 5), 'File format not recognized'],
    ['something short behind it', (file) => new Uint8Array([...file, 1, 2, 3, 4]), 'Unexpected end of input'],
    [
      'something long behind it',
      (file) => new Uint8Array([...file, ...file.subarray(1)]),
      'Compressed data is corrupt',
    ],
    ['another magic', (file) => file.with(0, 1), 'File format not recognized'],
    ['other flags', (file) => file.with(7, 1), 'Compressed data is corrupt'],
    ['another header', (file) => file.with(13, 1), 'Compressed data is corrupt'],
    ['other data', (file) => file.with(36, 1), 'Compressed data is corrupt'],
    ['another check', (file) => file.with(file.length - 30, 1), 'Compressed data is corrupt'],
    ['another footer', (file) => file.with(file.length - 1, 1), 'Compressed data is corrupt'],
  ])('%s is refused in the words of xz', (_words, change, words) => {
    expect(() => unxz(change(greeting))).toThrow(told(words))
    if (there) expect(wordsOf(change(greeting))).toBe(`xz: (stdin): ${words}\n`)
  })

  test('whatever it is given, it gives bytes or refuses', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MADE),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
        fc.nat(),
        ([, , file], flips, cut) => {
          const changed = bytes(file).slice()
          for (const [at, value] of flips) changed[at % changed.length] = value
          try {
            unxz(changed.subarray(0, cut % (changed.length + 1)), { limit: 1_000_000 })
          } catch (error) {
            expect(error).toBeInstanceOf(ArchiveError)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe.runIf(there)('what xz compressed', () => {
  test('comes back, whatever it was', () => {
    const runs = fc
      .array(fc.tuple(fc.nat(255), fc.nat(600)), { maxLength: 40 })
      .map((all) => Uint8Array.from(all.flatMap(([byte, length]) => Array<number>(length).fill(byte))))
    const words = fc
      .array(fc.constantFrom('container', 'image', 'layer ', '\n', 'a', 'usr/bin/'), { maxLength: 400 })
      .map((all) => new TextEncoder().encode(all.join('')))
    const options = fc.constantFrom<string[]>(
      ...[['-0'], ['-6'], ['-9e'], ['--check=sha256'], ['--lzma2=lc=0,lp=4,pb=0'], ['--lzma2=lc=1,lp=3,pb=4']],
      ...[['--lzma2=dict=4096,mode=fast'], ['--block-size=100']],
    )
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 3000, size: 'max' }), runs, words), options, (content, how) => {
        expect(Buffer.compare(unxz(xz(content, ...how)), content)).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  test('also in several chunks and blocks, of bytes that shrink and that do not', () => {
    const content = new Uint8Array(600_000)
    for (let i = 0, value = 1; i < content.length; i++) {
      value = (Math.imul(value, 1_103_515_245) + 12_345) & 0x7fffffff
      content[i] = i % 200_000 < 70_000 ? value >> 16 : i % 1000 < 30 ? value >> 20 : i >> 7
    }
    for (const how of [['-1'], ['-6'], ['--block-size=150000'], ['--lzma2=dict=4096']])
      expect(Buffer.compare(unxz(xz(content, ...how)), content)).toBe(0)
  })

  test('filters for programs are refused', () => {
    expect(() => unxz(xz(greeting, '--x86', '--lzma2'))).toThrow(told('Unsupported options'))
  })

  test('what is broken is refused, and never hangs', () => {
    const file = xz(new TextEncoder().encode('docker image layer container\n'.repeat(200) + Math.PI), '-6')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }), (flips) => {
        const changed = file.slice()
        for (const [at, value] of flips) changed[at % changed.length] = value
        try {
          unxz(changed, { limit: 1_000_000 })
        } catch (error) {
          expect(error).toBeInstanceOf(ArchiveError)
        }
      }),
      { numRuns: 500 },
    )
  })
})
