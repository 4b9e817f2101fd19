import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { digestOf } from '../../../src/storage/digest.ts'
import { decode } from '../../../src/storage/tar/decode.ts'
import { encode, encodeParts } from '../../../src/storage/tar/encode.ts'
import { DIRECTORY, HARD_LINK, SYMLINK, tarEntry } from '../../../src/storage/tar/tar-entry.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const mtime = 1_700_000_000_000_000_000n

/** `GET /containers/…/archive?path=/tmp/dir`, recorded from Docker 28.5.2. */
const RECORDED =
  'H4sIAAAAAAACA0vJLNJnoDEwAAJzU1MwDQToNJhtaGJqZGJubmACEjc0MDAyZVAwZaADKC0uSSwCOoUankT23BABKcD4T9QrqSihcfybmZjgiX9TtPgHJgBDBgWD0finOchIzcnJZxgFIxWA8n9OHh3Kf3NzEsp/Q2NjcwYFI1oXTKP5fxSMglEwggEAFWY/WgAMAAA='

test('is byte for byte what Docker answers', () => {
  const recorded = new Uint8Array(gunzipSync(Buffer.from(RECORDED, 'base64')))
  const archive = encode([
    tarEntry({ name: 'dir/', type: DIRECTORY, mode: 0o755, mtime }),
    tarEntry({ name: 'dir/a.txt', body: new TextEncoder().encode('hello'), mtime }),
    tarEntry({ name: 'dir/ln', type: SYMLINK, mode: 0o777, linkname: 'a.txt', mtime }),
  ])
  expect(digestOf(archive)).toBe(digestOf(recorded))
  expect(encode(decode(recorded))).toEqual(recorded)
})

test('no members are two blocks of zeros', () => {
  expect(encode([])).toEqual(new Uint8Array(1024))
})

describe('what a header cannot hold stands in a PAX header before it', () => {
  const paxOf = (entry: Parameters<typeof tarEntry>[0]) => {
    const archive = encode([tarEntry(entry)])
    if (archive[156] !== 'x'.charCodeAt(0)) return ''
    const size = Number.parseInt(text(archive.subarray(124, 135)), 8)
    return text(archive.subarray(512, 512 + size))
  }

  test.each<[string, Parameters<typeof tarEntry>[0], string]>([
    ['nothing', { name: 'n'.repeat(100) }, ''],
    ['a long name', { name: 'n'.repeat(101) }, `111 path=${'n'.repeat(101)}\n`],
    ['a name that is not ASCII', { name: 'ö' }, '11 path=Ã¶\n'],
    ['a long link', { name: 'l', type: SYMLINK, linkname: 'x'.repeat(101) }, `115 linkpath=${'x'.repeat(101)}\n`],
    ['a large owner', { name: 'u', uid: 2_097_152 }, '15 uid=2097152\n'],
    ['a fraction of a second', { name: 't', mtime: 1_500_000_000n }, '13 mtime=1.5\n'],
    ['a time before 1970', { name: 't', mtime: -1_250_000_000n }, '15 mtime=-1.25\n'],
    [
      'times that a header has no place for',
      { name: 't', atime: 1n, ctime: 2_000_000_000n },
      '21 atime=0.000000001\n11 ctime=2\n',
    ],
    [
      'attributes',
      { name: 'x', xattrs: new Map([['user.k', new Uint8Array([0, 10, 255])]]) },
      '27 SCHILY.xattr.user.k=\0\n\xff\n',
    ],
  ])('%s', (_words, entry, pax) => {
    expect(paxOf(entry)).toBe(pax)
  })

  test('a record whose length grows by its own digit', () => {
    // 3 + 5 + 1 + 90 + 1 would be 99 with two digits and is 100 or more with three.
    for (const length of [85, 90, 91, 92, 93, 984, 985, 986]) {
      const name = `é${'n'.repeat(length)}`
      expect(decode(encode([tarEntry({ name })]))[0]!.name).toBe(name)
    }
  })

  test('its name is Go’s', () => {
    const nameOf = (name: string) => text(encode([tarEntry({ name })]).subarray(0, 100)).replace(/\0+$/, '')
    expect([nameOf('a/b/ö'), nameOf('/ö/'), nameOf(`${'d'.repeat(99)}/ö`)]).toEqual([
      'a/b/PaxHeaders.0',
      '/ö/PaxHeaders.0'.replace('ö', ''),
      'd'.repeat(99),
    ])
  })

  test('more than a mebibyte is refused', () => {
    const xattrs = new Map([['user.big', new Uint8Array(1 << 20)]])
    expect(() => encode([tarEntry({ name: 'x', xattrs })])).toThrow(
      expect.objectContaining({ message: 'archive/tar: header field too long' }),
    )
  })
})

test('a link has no body, whatever it was given', () => {
  const [link] = decode(encode([tarEntry({ name: 'l', type: HARD_LINK, linkname: 'x', body: new Uint8Array(9) })]))
  expect(link!.body.length).toBe(0)
})

describe('in parts', () => {
  const large = new Uint8Array(70_001).fill(7)
  test.each([
    ['nothing', []],
    ['small members', [tarEntry({ name: 'a', body: new Uint8Array([1]) }), tarEntry({ name: 'b/', type: DIRECTORY })]],
    ['large ones', [tarEntry({ name: 'a', body: large }), tarEntry({ name: 'ö'.repeat(80), body: large })]],
    ['both', [tarEntry({ name: 'a' }), tarEntry({ name: 'b', body: large }), tarEntry({ name: 'c' })]],
    ['a body that fills its blocks', [tarEntry({ name: 'a', body: large.subarray(0, 66_048) })]],
  ])('%s are the archive that they are in one', (_words, entries) => {
    expect(Buffer.concat(encodeParts(entries)).equals(encode(entries))).toBe(true)
  })

  test('a large body is not copied', () => {
    expect(encodeParts([tarEntry({ name: 'a', body: large })])).toContain(large)
  })
})
