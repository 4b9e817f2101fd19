import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ArchiveError } from '../../../src/storage/archive-error.ts'
import { bunzip2 } from '../../../src/storage/bzip2/bunzip2.ts'
import { decompress } from '../../../src/storage/gzip/decompress.ts'

/** Made by bzip2 1.0.8. */
const MADE: readonly (readonly [content: string, file: string])[] = [
  ['', 'QlpoORdyRThQkAAAAAA='],
  ['a', 'QlpoOTFBWSZTWRmTm2sAAAABACAAIAAhGEaC7kinChIDMnNtYA=='],
  ['hello world\n'.repeat(3), 'QlpoOTFBWSZTWaNUVpIAAAdRgAAQQAAGRJCAIAAiv9VDT0QgyYjiIilrVpiMfF3JFOFCQo1RWkg='],
  ['a'.repeat(300), 'QlpoOTFBWSZTWadK4RsAAAKRAIAgIAAACCAAIKptQZjFR4u5IpwoSFOlcI2A'],
]
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
const text = (content: Uint8Array) => new TextDecoder().decode(content)
const [, , [, hello] = ['', '']] = MADE

const there = spawnSync('bzip2', ['--version'], { input: '', stdio: ['pipe', 'ignore', 'ignore'] }).status === 0
if (!there) console.warn('skipped: there is no bzip2 on this machine to compress with')
const bzip2 = (content: Uint8Array, level = 9) =>
  new Uint8Array(spawnSync('bzip2', ['-c', `-${level}`], { input: content, maxBuffer: 2 ** 30 }).stdout)

describe('bunzip2', () => {
  test.each(MADE)('%j', (content, file) => {
    expect(text(bunzip2(bytes(file)))).toBe(content)
    expect(text(decompress(bytes(file)))).toBe(content)
  })

  test('files one after the other are one', () => {
    const twice = new Uint8Array([...bytes(hello), ...bytes(hello)])
    expect(text(bunzip2(twice))).toBe('hello world\n'.repeat(6))
  })

  test('no more comes out than may', () => {
    const file = bytes(MADE[3]![1])
    expect(bunzip2(file, { limit: 300 })).toHaveLength(300)
    expect(() => bunzip2(file, { limit: 299 })).toThrow(
      expect.objectContaining({ message: 'archive is larger than 299 bytes when decompressed' }),
    )
  })

  test.each<[string, (file: Uint8Array) => Uint8Array, string]>([
    ['half of it', (file) => file.subarray(0, 30), 'unexpected EOF'],
    [
      'something behind it',
      (file) => new Uint8Array([...file, 1, 2, 3, 4]),
      'bzip2 data invalid: bad magic value in continuation file',
    ],
    ['another level', (file) => file.with(3, 0x30), 'bzip2 data invalid: invalid compression level'],
    ['another block', (file) => file.with(5, 0), 'bzip2 data invalid: bad magic value found'],
    ['another checksum', (file) => file.with(10, 0), 'bzip2 data invalid: block checksum mismatch'],
    ['bzip version 1', (file) => file.with(2, 0x30), 'bzip2 data invalid: non-Huffman entropy encoding'],
  ])('%s is refused', (_words, change, message) => {
    expect(() => bunzip2(change(bytes(hello)))).toThrow(expect.objectContaining({ message }))
  })

  test('whatever it is given, it gives bytes or refuses', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MADE),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
        fc.nat(),
        ([, file], flips, cut) => {
          const changed = bytes(file).slice()
          for (const [at, value] of flips) changed[at % changed.length] = value
          try {
            bunzip2(changed.subarray(0, cut % (changed.length + 1)), { limit: 1_000_000 })
          } catch (error) {
            expect(error).toBeInstanceOf(ArchiveError)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe.runIf(there)('what bzip2 compressed', () => {
  test('comes back, whatever it was', () => {
    const runs = fc
      .array(fc.tuple(fc.nat(255), fc.nat(600)), { maxLength: 40 })
      .map((all) => Uint8Array.from(all.flatMap(([byte, length]) => Array<number>(length).fill(byte))))
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 3000, size: 'max' }), runs),
        fc.integer({ min: 1, max: 9 }),
        (content, level) => {
          expect(Buffer.compare(bunzip2(bzip2(content, level)), content)).toBe(0)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('also in several blocks, and of all bytes', () => {
    const content = new Uint8Array(500_000)
    for (let i = 0, value = 1; i < content.length; i++) {
      value = (value * 1_103_515_245 + 12_345) & 0x7fffffff
      content[i] = i % 1000 < 500 ? value >> 16 : 7
    }
    expect(Buffer.compare(bunzip2(bzip2(content, 1)), content)).toBe(0)
  })
})
