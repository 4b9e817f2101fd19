import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Wavetank } from '../../../src/index.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { DIRECTORY, SYMLINK, tarEntry } from '../../../src/storage/tar/tar-entry.ts'
import { world } from './engine.ts'

interface Recorded {
  readonly title: string
  readonly status: number
  readonly type: string
  readonly body: string
}

const recordedOf = (version: string): ReadonlyMap<string, Recorded> => {
  const text = readFileSync(join(import.meta.dirname, `../../../fixtures/streams-v1/docker-${version}.jsonl`), 'utf8')
  const all = text.split('\n').filter(Boolean)
  return new Map(all.map((line) => JSON.parse(line) as Recorded).map((one) => [one.title, one]))
}

/** Bytes that cannot be packed, then zeros. */
function packable(seed: number, noisy: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let x = seed
  for (let i = 0; i < noisy; i++) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    bytes[i] = x
  }
  return bytes
}

/** A layer as long as the recorded one, packed and unpacked: folders, a program, links to it. */
const layerOf = (folders: number, seed: number, noisy: number) =>
  encode([
    ...Array.from({ length: folders }, (_, i) => tarEntry({ name: `dir${i}/`, type: DIRECTORY })),
    tarEntry({ name: 'bin', body: packable(seed, noisy, 60 * 32_768) }),
    ...Array.from({ length: 287 }, (_, i) => tarEntry({ name: `ln${i}`, type: SYMLINK, linkname: 'bin' })),
  ])

/** What a stream says: ids by their order, without the times that a real clock decided. */
function linesOf(body: string): string[] {
  const ids = new Map<string, number>()
  return body
    .replace(/(?<="id":"|rev \[)[0-9a-f]{12}/g, (id) => {
      ids.set(id, ids.get(id) ?? ids.size)
      return `<${ids.get(id)}>`
    })
    .replace(/(?<="start":)\d+/g, '<seconds>')
    .replace(/ (?:\d+m)?\d+s(?=")/g, ' <left>')
    .split(/(?<=\})(?=\{)|(?<=\r\n)/)
}

const auth = (username: string, password: string) => ({
  'X-Registry-Auth': btoa(JSON.stringify({ username, password })),
})
const ALICE = auth('alice', 'secret1')

describe.each([
  ['1.3.3', '1.15', layerOf(20, 2, 1_066_470)],
  ['1.6.2', '1.18', layerOf(19, 1, 1_066_451)],
])('the streams of docker %s', (version, api, layer) => {
  const recorded = recordedOf(version)
  let tank: Wavetank
  beforeAll(() => {
    tank = world({
      host: { registryProtocol: 'v1' },
      hub: {
        accounts: [
          { name: 'alice', password: 'secret1' },
          { name: 'carol', password: 'secret1', active: false },
        ],
        v2: false,
      },
    })
  })

  const post = async (path: string, headers: Record<string, string> = {}, body: BodyInit = '') => {
    const response = await tank.fetch(new Request(`http://docker/v${api}${path}`, { method: 'POST', headers, body }))
    return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
  }

  async function asRecorded(title: string, path: string, headers?: Record<string, string>, sent?: string) {
    const { status, type, body } = recorded.get(title)!
    const told = await post(path, headers, sent)
    expect([told.status, told.type]).toEqual([status, type])
    expect(linesOf(told.body)).toEqual(linesOf(body))
  }

  it('of pushes', async () => {
    await post('/images/create?fromSrc=-&repo=alice/bb&tag=v1', {}, layer as Uint8Array<ArrayBuffer>)
    await asRecorded('push, good credentials', '/images/alice/bb/push?tag=v1', ALICE)
    await asRecorded('push again', '/images/alice/bb/push?tag=v1', ALICE)
    const inBody = JSON.stringify({ username: 'alice', password: 'secret1' })
    await asRecorded('push, credentials in the body (pre-header form)', '/images/alice/bb/push?tag=v1', {}, inBody)
    await asRecorded('push unknown tag', '/images/alice/bb/push?tag=zz', ALICE)
  })

  it('of pulls', async () => {
    await tank.fetch(new Request(`http://docker/v${api}/images/alice/bb:v1`, { method: 'DELETE' }))
    await asRecorded('pull one tag', '/images/create?fromImage=alice/bb&tag=v1')
    await asRecorded('pull again', '/images/create?fromImage=alice/bb&tag=v1')
    await asRecorded('pull repo:tag form', '/images/create?fromImage=alice/bb:v1')
    await asRecorded('pull, all tags', '/images/create?fromImage=alice/bb')
  })

  it('of pulls that fail', async () => {
    await asRecorded('pull unknown tag', '/images/create?fromImage=alice/bb&tag=zz')
    await asRecorded('pull unknown repo', '/images/create?fromImage=alice/zz&tag=v1')
    await asRecorded('pull, bad repo name', '/images/create?fromImage=al/zz&tag=v1')
    await asRecorded('pull, wrong password', '/images/create?fromImage=alice/bb&tag=v1', auth('alice', 'wrong'))
    await asRecorded('pull, inactive account', '/images/create?fromImage=alice/bb&tag=v1', auth('carol', 'secret1'))
  })
})
