import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ArchiveError } from '../../../src/storage/archive-error.ts'
import { decode } from '../../../src/storage/tar/decode.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { checksums } from '../../../src/storage/tar/field.ts'
import { formatPax } from '../../../src/storage/tar/pax.ts'
import { tarEntry } from '../../../src/storage/tar/tar-entry.ts'
import { anyEntry } from './arbitrary-entry.ts'

const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
const END = new Uint8Array(1024)

/** A header block with text put at offsets; its checksum is made right unless it is given. */
function block(fields: Readonly<Record<number, string>>): Uint8Array {
  const bytes = new Uint8Array(512)
  const defaults = { 100: '0000644\0', 108: '0000000\0', 116: '0000000\0', 124: '00000000000\0', 136: '00000000000\0' }
  for (const [at, text] of Object.entries({ ...defaults, ...fields })) bytes.set(latin1(text), Number(at))
  if (!(148 in fields)) bytes.set(latin1(`${checksums(bytes).unsigned.toString(8).padStart(6, '0')}\0 `), 148)
  return bytes
}

const padded = (text: string) => {
  const bytes = new Uint8Array(Math.ceil(text.length / 512) * 512)
  bytes.set(latin1(text))
  return bytes
}

const octal = (n: number) => `${n.toString(8).padStart(11, '0')}\0`
const pax = (records: string) => join(block({ 0: 'pax', 124: octal(records.length), 156: 'x' }), padded(records))
/** A PAX header with right lengths. */
const sparse = (records: Readonly<Record<string, string>>) =>
  pax(Buffer.from(formatPax(new Map(Object.entries(records)))).toString('latin1'))
const member = (fields: Readonly<Record<number, string>> = {}) =>
  block({ 0: 'file', 156: '0', 257: 'ustar\u000000', ...fields })

const refusal = (archive: Uint8Array): string => {
  try {
    decode(archive)
  } catch (error) {
    if (error instanceof ArchiveError) return error.message
    throw error
  }
  return ''
}

const INVALID = 'archive/tar: invalid tar header'
const SHORT = 'unexpected EOF'
const LONG = 'archive/tar: header field too long'

describe('what is read', () => {
  test.each<[string, Uint8Array, object]>([
    [
      'a V7 header has no prefix and no names',
      block({ 0: 'old', 265: 'user', 345: 'prefix' }),
      { name: 'old', uname: '', type: '0' },
    ],
    ['a V7 name with a slash is a directory', block({ 0: 'old/' }), { name: 'old/', type: '5' }],
    ['ustar has a prefix', member({ 345: 'some/dir' }), { name: 'some/dir/file' }],
    [
      'star has a shorter one',
      member({ 345: 'dir', 476: '00000000012\0', 508: 'tar\0' }),
      { name: 'dir/file', atime: 10_000_000_000n },
    ],
    ['GNU has none', member({ 257: 'ustar  \0', 345: '00000000012\0' }), { name: 'file', atime: 10_000_000_000n }],
    ['base 256', member({ 108: '\x80\0\0\0\x01\0\0\0' }), { uid: 2 ** 24 }],
    ['negative base 256', member({ 136: '\xff'.repeat(12) }), { mtime: -1_000_000_000n }],
    ['blanks around numbers', member({ 108: '  755 \0 ' }), { uid: 0o755 }],
    ['an empty number is zero', member({ 108: '\0'.repeat(8) }), { uid: 0 }],
    ['a number ends at its first NUL', member({ 108: '0000017\0' }), { uid: 15 }],
    ['PAX over the header', join(pax('14 path=other\n13 uid=70000\n'), member()), { name: 'other', uid: 70_000 }],
    ['the last record of a key counts', join(pax('10 path=a\n10 path=b\n'), member()), { name: 'b' }],
    ['an empty record changes nothing', join(pax('8 path=\n'), member()), { name: 'file' }],
    ['ten digits of a fraction', join(pax('22 mtime=1.0123456789\n'), member()), { mtime: 1_012_345_678n }],
    ['unknown records', join(pax('14 comment=hi\n'), member()), { name: 'file' }],
    ['attributes', join(pax('25 SCHILY.xattr.user.k=v\n'), member()), { xattrs: new Map([['user.k', latin1('v')]]) }],
    [
      'GNU long names',
      join(
        block({ 124: octal(5), 156: 'L' }),
        padded('long\0'),
        block({ 124: octal(5), 156: 'K' }),
        padded('link\0'),
        member({ 156: '2' }),
      ),
      { name: 'long', linkname: 'link' },
    ],
    ['a signed checksum', signed(), { name: 'f\ufffd' }],
  ])('%s', (_words, archive, expected) => {
    expect(decode(join(archive, END))).toMatchObject([expected])
  })

  function signed(): Uint8Array {
    const bytes = member({ 0: 'f\xe9\0\0' })
    bytes.set(latin1(`${checksums(bytes).signed.toString(8).padStart(6, '0')}\0 `), 148)
    return bytes
  }

  test('the size of a PAX record is what is read', () => {
    expect(decode(join(pax('9 size=3\n'), member({ 124: octal(0) }), padded('abc'), END))[0]!.body).toEqual(
      latin1('abc'),
    )
  })

  test('an archive may just end, and nothing behind its end counts', () => {
    expect(decode(new Uint8Array(0))).toEqual([])
    expect(decode(member()).length).toBe(1)
    expect(decode(join(member(), new Uint8Array(512))).length).toBe(1)
    expect(decode(join(member(), END, latin1('garbage'))).length).toBe(1)
    expect(decode(join(member({ 124: octal(3) }), latin1('abc')))[0]!.body).toEqual(latin1('abc'))
  })

  test('a global header is a member of its own', () => {
    const records = '14 comment=hi\n'
    const global = join(block({ 0: 'pax', 124: octal(records.length), 156: 'g' }), padded(records))
    expect(decode(join(global, member(), END)).map(({ type }) => type)).toEqual(['g', '0'])
  })

  test('header-only types have no body', () => {
    expect(decode(join(member({ 124: octal(700), 156: '5' }), member(), END)).map(({ type }) => type)).toEqual([
      '5',
      '0',
    ])
  })
})

describe('what is refused', () => {
  test.each<[string, Uint8Array, string]>([
    ['a short header', member().subarray(0, 511), SHORT],
    ['a short body', join(member({ 124: octal(600) }), new Uint8Array(512)), SHORT],
    ['garbage', latin1('garbage'.repeat(100)).subarray(0, 512), INVALID],
    ['a wrong checksum', member({ 148: '000000\0 ' }), INVALID],
    ['a digit that is none', member({ 108: '0000009\0' }), INVALID],
    ['a negative size', member({ 124: '\xff'.repeat(12) }), INVALID],
    ['a size beyond all numbers', member({ 124: `\x80${'\x7f'.repeat(11)}` }), INVALID],
    ['a zero block and then another', join(new Uint8Array(512), member()), INVALID],
    ['a PAX record that is too long', join(pax('99 path=a\n'), member()), INVALID],
    ['one without a newline', join(pax('9 path=ab'), member()), INVALID],
    ['one without a key', join(pax('6 =xy\n'), member()), INVALID],
    ['one without a length', join(pax('path=a\n'), member()), INVALID],
    ['a NUL in a name', join(pax('11 path=a\0\n'), member()), INVALID],
    ['a number that is none', join(pax('11 uid=abc\n'), member()), INVALID],
    ['a negative PAX size', join(pax('11 size=-1\n'), member()), INVALID],
    ['a time that is none', join(pax('13 mtime=1.x\n'), member()), INVALID],
    ['a huge PAX header', block({ 124: octal(2 ** 21), 156: 'x' }), LONG],
    ['a huge long name', block({ 124: octal(2 ** 21), 156: 'L' }), LONG],
    [
      'sparse fragments that overlap',
      join(
        sparse({ 'GNU.sparse.map': '0,5,3,5', 'GNU.sparse.size': '4096' }),
        member({ 124: octal(10) }),
        padded('0123456789'),
      ),
      INVALID,
    ],
    [
      'sparse fragments without data',
      join(sparse({ 'GNU.sparse.map': '0,5', 'GNU.sparse.size': '9' }), member({ 124: octal(4) }), padded('0123')),
      INVALID,
    ],
    ['half a sparse fragment', join(pax('23 GNU.sparse.offset=1\n23 GNU.sparse.offset=1\n'), member()), INVALID],
    [
      'a sparse map longer than the file',
      join(
        sparse({ 'GNU.sparse.major': '1', 'GNU.sparse.realsize': '9' }),
        member({ 124: octal(512) }),
        padded('7\n0\n'),
      ),
      INVALID,
    ],
  ])('%s', (_words, archive, message) => {
    expect(refusal(archive)).toBe(message)
  })

  test('too many members', () => {
    const archive = encode(Array.from({ length: 11 }, (_, n) => tarEntry({ name: `${n}` })))
    expect(decode(archive, { entries: 11 }).length).toBe(11)
    expect(() => decode(archive, { entries: 10 })).toThrow(
      expect.objectContaining({ message: 'archive has more than 10 entries' }),
    )
  })

  test('a sparse file that is mostly hole, before any memory is taken', () => {
    const archive = join(sparse({ 'GNU.sparse.size': '2147483647' }), member(), END)
    expect(refusal(archive)).toBe('archive/tar: sparse file too long')
    expect(decode(join(sparse({ 'GNU.sparse.size': '99' }), member(), END), { sparse: 99 })[0]!.body.length).toBe(99)
  })
})

describe('whatever the bytes are', () => {
  const archives = fc.array(anyEntry, { minLength: 1, maxLength: 4 }).map((all) => encode(all))

  test('a truncated archive gives its first members or is refused', () => {
    fc.assert(
      fc.property(archives, fc.nat(), (archive, at) => {
        const cut = archive.subarray(0, at % archive.length)
        const message = refusal(cut)
        expect([SHORT, '']).toContain(message)
        if (message === '') expect(decode(archive).slice(0, decode(cut).length)).toEqual(decode(cut))
      }),
      { numRuns: 300 },
    )
  })

  test('a changed one is read or refused, and nothing else', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(archives, changes, fc.boolean(), (archive, edits, mend) => {
        for (const [at, byte] of edits) archive[at % archive.length] = byte
        // With right checksums the fields themselves are tried.
        if (mend) for (let at = 0; at + 512 <= archive.length; at += 512) mendChecksum(archive.subarray(at, at + 512))
        const message = refusal(archive)
        expect(message).toMatch(/^$|^unexpected EOF$|^archive\/tar: /)
      }),
      { numRuns: 500 },
    )
  })

  function mendChecksum(bytes: Uint8Array): void {
    if (bytes.subarray(257, 262).join() !== latin1('ustar').join()) return
    bytes.set(latin1(`${checksums(bytes).unsigned.toString(8).padStart(6, '0')}\0 `), 148)
  }
})
