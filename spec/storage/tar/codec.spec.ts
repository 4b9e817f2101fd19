import fc from 'fast-check'
import { packTar, type TarHeader, unpackTar } from 'modern-tar'
import * as tarStream from 'tar-stream'
import { describe, expect, test } from 'vitest'
import { decode } from '../../../src/storage/tar/decode.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import {
  BLOCK_DEVICE,
  CHARACTER_DEVICE,
  DIRECTORY,
  FIFO,
  HARD_LINK,
  REGULAR,
  SYMLINK,
  type TarEntry,
} from '../../../src/storage/tar/tar-entry.ts'
import { anyEntry, plainEntry } from './arbitrary-entry.ts'

const entries = fc.array(anyEntry, { maxLength: 8, size: 'max' })
const plain = fc.array(plainEntry, { maxLength: 5, size: 'max' })

const TYPES = {
  [REGULAR]: 'file',
  [HARD_LINK]: 'link',
  [SYMLINK]: 'symlink',
  [CHARACTER_DEVICE]: 'character-device',
  [BLOCK_DEVICE]: 'block-device',
  [DIRECTORY]: 'directory',
  [FIFO]: 'fifo',
} as const
type TypeName = (typeof TYPES)[keyof typeof TYPES]

/** What the other programs also know of a member. */
interface Common {
  readonly name: string
  readonly type: TypeName
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly seconds: number
  readonly linkname: string
  readonly body: string
}

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex')
const typeName = (type: string): TypeName => TYPES[type as keyof typeof TYPES]
const isLink = (type: string) => type === HARD_LINK || type === SYMLINK

const ours = (entry: TarEntry): Common => ({
  name: entry.name,
  type: typeName(entry.type),
  mode: entry.mode,
  uid: entry.uid,
  gid: entry.gid,
  seconds: Number(entry.mtime / 1_000_000_000n),
  linkname: entry.linkname,
  body: hex(entry.body),
})

const headerOf = (entry: TarEntry) => ({
  name: entry.name,
  type: typeName(entry.type),
  mode: entry.mode,
  uid: entry.uid,
  gid: entry.gid,
  mtime: new Date(Number(entry.mtime / 1_000_000n)),
  size: entry.body.length,
  ...(isLink(entry.type) ? { linkname: entry.linkname } : {}),
  ...(entry.devmajor || entry.devminor ? { devmajor: entry.devmajor, devminor: entry.devminor } : {}),
})

const theirs = (header: tarStream.Header | TarHeader, body: Uint8Array | undefined): Common => ({
  // Both take the slash off directories.
  name: header.type === 'directory' ? `${header.name.replace(/\/$/, '')}/` : header.name,
  type: header.type as TypeName,
  mode: header.mode ?? -1,
  uid: header.uid ?? -1,
  gid: header.gid ?? -1,
  seconds: Math.floor((header.mtime?.getTime() ?? Number.NaN) / 1000),
  linkname: header.linkname ?? '',
  body: hex(body),
})

function extract(archive: Uint8Array): Promise<Common[]> {
  return new Promise((resolve, reject) => {
    const found: Common[] = []
    const stream = tarStream.extract()
    stream.on('entry', (header, body, next) => {
      const chunks: Buffer[] = []
      body.on('data', (chunk) => {
        chunks.push(chunk as Buffer)
      })
      body.on('end', () => {
        found.push(theirs(header, Buffer.concat(chunks)))
        next()
      })
    })
    stream.on('finish', () => resolve(found))
    stream.on('error', reject)
    stream.end(Buffer.from(archive))
  })
}

async function pack(all: readonly TarEntry[]): Promise<Uint8Array> {
  const stream = tarStream.pack()
  for (const entry of all) stream.entry(headerOf(entry) as tarStream.Header, Buffer.from(entry.body))
  stream.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

describe('encode and decode', () => {
  test('undo each other', () => {
    fc.assert(
      fc.property(entries, (all) => {
        expect(decode(encode(all))).toEqual(all)
      }),
      { numRuns: 200 },
    )
  })

  test('write whole blocks, two of zeros last, and the same bytes each time', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const archive = encode(all)
        expect(archive.length % 512).toBe(0)
        expect(archive.subarray(-1024).every((byte) => byte === 0)).toBe(true)
        expect(encode(decode(archive))).toEqual(archive)
      }),
    )
  })

  test('bodies are views of the archive', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const archive = encode(all)
        for (const { body } of decode(archive)) expect(body.buffer).toBe(archive.buffer)
      }),
    )
  })
})

describe('against tar-stream', () => {
  test('it reads what we write', async () => {
    await fc.assert(
      fc.asyncProperty(plain, async (all) => {
        expect(await extract(encode(all))).toEqual(all.map(ours))
      }),
      { numRuns: 60 },
    )
  })

  test('we read what it writes', async () => {
    await fc.assert(
      fc.asyncProperty(plain, async (all) => {
        expect(decode(await pack(all)).map(ours)).toEqual(all.map(ours))
      }),
      { numRuns: 60 },
    )
  })
})

describe('against modern-tar', () => {
  test('it reads what we write', async () => {
    await fc.assert(
      fc.asyncProperty(plain, async (all) => {
        const found = await unpackTar(encode(all))
        expect(found.map(({ header, data }) => theirs(header, data))).toEqual(all.map(ours))
      }),
      { numRuns: 60 },
    )
  })

  test('we read what it writes', async () => {
    await fc.assert(
      fc.asyncProperty(plain, async (all) => {
        const archive = await packTar(all.map((entry) => ({ header: headerOf(entry), body: entry.body.slice() })))
        expect(decode(archive).map(ours)).toEqual(all.map(ours))
      }),
      { numRuns: 60 },
    )
  })
})
