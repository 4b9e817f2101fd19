import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/http/json-lines.ts'
import { image, type Wavetank, type WavetankOptions } from '../../../src/index.ts'
import { carry, whenKnown } from '../../../src/runtime/carry.ts'
import type { Served } from '../../../src/runtime/served.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { tarEntry } from '../../../src/storage/tar/tar-entry.ts'
import { call, GOOD, pull, push, requestsOf, statusesOf, world } from './engine.ts'

/** Bytes that gzip cannot make less. */
function noise(seed: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let x = seed
  for (let i = 0; i < length; i++) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    bytes[i] = x
  }
  return bytes
}

const SIZE = 200_000
const files = (seed: number, length = SIZE) => ({ [`/file${seed}`]: noise(seed, length) })
const base = image('base', { files: files(1), cmd: ['/x'] })

/** one and two have their lower layer in common; a second of virtual time brings half a layer. */
const slow = (more: WavetankOptions = {}): Wavetank =>
  world({
    clock: 'manual',
    network: { bandwidth: 100_000 },
    hub: {
      accounts: [{ name: 'good', password: 'pass' }],
      repositories: [
        { name: 'good/one', images: [{ tags: ['latest'], image: { from: base, files: files(2) } }] },
        { name: 'good/two', images: [{ tags: ['latest'], image: { from: base, files: files(3) } }] },
      ],
    },
    ...more,
  })

interface Reading {
  status: number | undefined
  text: string
  ended: boolean
  leave: () => void
}

const decoder = new TextDecoder()

/** A client that reads whatever comes at once, and may leave. */
function open(tank: Wavetank, target: string, headers: Record<string, string> = {}, body = ''): Reading {
  const reading: Reading = { status: undefined, text: '', ended: false, leave: () => {} }
  const take = (served: Served): void => {
    if (served.kind === 'answer') {
      reading.status = served.answer.status
      reading.text = served.answer.body.map((part) => decoder.decode(part)).join('')
      reading.ended = true
    } else if (served.kind === 'later') {
      reading.leave = whenKnown(tank, served, (known) => (known ? take(known) : (reading.ended = true)))
    } else if (served.kind === 'stream') {
      reading.status = served.status
      const write = (bytes: Uint8Array) => {
        reading.text += decoder.decode(bytes)
        return true
      }
      reading.leave = carry(tank, served, { write, end: () => (reading.ended = true) }).left
    }
  }
  take(tank.serve({ method: 'POST', target: `/v1.51${target}`, headers, body: utf8(body) }))
  return reading
}

const pulling = (tank: Wavetank, name: string) => open(tank, `/images/create?fromImage=${name}&tag=latest`)
const linesOf = ({ text }: Reading) =>
  text
    .split('\r\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
const saidOf = (reading: Reading) => linesOf(reading).map(({ status, error }) => status ?? error)
const imagesOf = async (tank: Wavetank): Promise<string[]> =>
  (await call(tank, 'GET', '/images/json')).json.flatMap(({ RepoTags }: { RepoTags: string[] }) => RepoTags)
const nothingUnderWay = (tank: Wavetank) => {
  const { distribution, timers } = tank.engine.store.state
  expect([distribution.conversations.size, distribution.transfers.size, timers.byKey.size]).toEqual([0, 0, 0])
}
const ofBlobs = (requests: readonly string[]) => requests.filter((one) => /^GET .*\/blobs\//.test(one))
const layersOf = (tank: Wavetank) => tank.engine.store.state.images.layers.size

describe('a network that takes no time', () => {
  it('lets a pull be over when it is answered, whatever the clock', async () => {
    const tank = slow({ network: {} })
    const reading = pulling(tank, 'good/one')
    expect([reading.status, reading.ended]).toEqual([200, true])
    expect(saidOf(reading).at(-1)).toBe('Status: Downloaded newer image for good/one:latest')
    nothingUnderWay(tank)
  })
})

describe('a network of so many bytes a second', () => {
  it('tells of a layer as it comes, at most ten times a second', async () => {
    const tank = slow()
    const reading = pulling(tank, 'good/one')
    tank.clock.advance(500)
    expect(reading.status).toBe(200)
    expect(saidOf(reading).slice(0, 3)).toEqual(['Pulling from good/one', 'Pulling fs layer', 'Pulling fs layer'])
    const early = linesOf(reading).filter(({ status }) => status === 'Downloading')
    expect(early.map(({ progressDetail }) => progressDetail.current)).toEqual([32_768])
    expect(early[0]!.progressDetail.total).toBeGreaterThan(SIZE)
    tank.clock.advance(1000)
    const told = linesOf(reading).filter(({ status }) => status === 'Downloading')
    expect(told.map(({ progressDetail }) => progressDetail.current)).toEqual([1, 2, 3, 4].map((n) => n * 32_768))
    expect([reading.ended, await imagesOf(tank)]).toEqual([false, []])
    tank.clock.advance(5000)
    expect(reading.ended).toBe(true)
    expect(saidOf(reading).at(-1)).toBe('Status: Downloaded newer image for good/one:latest')
    expect(await imagesOf(tank)).toEqual(['good/one:latest'])
    nothingUnderWay(tank)
  })

  it('says the same as one without limit, but for the sizes on the way', async () => {
    const told = (network: NonNullable<WavetankOptions['network']>) => {
      const tank = slow({ network })
      const reading = pulling(tank, 'good/one')
      tank.clock.advance(60_000)
      const on = (line: { status: string; progressDetail?: { current?: number; total?: number } }) =>
        line.status === 'Downloading' && line.progressDetail!.current! < line.progressDetail!.total!
      return linesOf(reading).filter((line) => !on(line))
    }
    expect(told({ bandwidth: 100_000, latency: '20ms' })).toEqual(told({}))
  })

  it('takes as long as its bytes and its requests; with the auto clock at once', async () => {
    const tank = slow({ clock: 'auto', network: { bandwidth: 100_000, latency: '1s' } })
    const before = tank.clock.now
    await pull(tank, 'good/one')
    const seconds = (tank.clock.now - before) / 1e6
    // Two layers of two seconds each, and a second for each request.
    const requests = requestsOf(tank).length
    expect(seconds).toBeGreaterThan(requests + 4)
    expect(seconds).toBeLessThan(requests + 5)
  })

  it('refuses with a status what is refused before the first line', () => {
    const tank = slow({ network: { latency: 1000 } })
    const reading = pulling(tank, 'good/none')
    expect(reading.status).toBeUndefined()
    tank.clock.advance(10_000)
    expect([reading.status, reading.ended]).toEqual([404, true])
    expect(JSON.parse(reading.text).message).toContain('pull access denied for good/none')
  })

  it('asks for another token when one has expired on the way', async () => {
    const tank = slow({ clock: 'auto', network: { bandwidth: 500 } })
    const told = await pull(tank, 'good/one')
    expect(statusesOf(told).at(-1)).toBe('Status: Downloaded newer image for good/one:latest')
    expect(requestsOf(tank).filter((one) => one.includes('auth.docker.io')).length).toBeGreaterThan(1)
  })

  it('tells of a layer that is pushed as it goes; the registry has it when it has gone', () => {
    const tank = slow({ images: [image('good/three:latest', { files: files(4), cmd: ['/x'] })] })
    const auth = { 'x-registry-auth': btoa(JSON.stringify(GOOD)) }
    const reading = open(tank, '/images/good/three/push?tag=latest', auth)
    expect(saidOf(reading)).toEqual(['The push refers to repository [docker.io/good/three]'])
    tank.clock.advance(1000)
    const sizes = () =>
      linesOf(reading).flatMap(({ status, progressDetail }) => (status === 'Pushing' ? [progressDetail.current] : []))
    expect(sizes()).toEqual([33_280, 66_048, 98_816])
    expect(requestsOf(tank).some((one) => one.startsWith('PATCH'))).toBe(false)
    tank.clock.advance(5000)
    expect(reading.ended).toBe(true)
    expect(saidOf(reading).at(-2)).toMatch(/^latest: digest: sha256:/)
    nothingUnderWay(tank)
  })

  it('says by v1 how long it will still take', () => {
    const tank = slow({ network: { bandwidth: 50_000 }, host: { registryProtocol: 'v1' } })
    const served = tank.serve({
      method: 'POST',
      target: '/v1.15/images/create?fromImage=good/one&tag=latest',
      headers: {},
      body: utf8(''),
    })
    let text = ''
    if (served.kind === 'stream')
      carry(tank, served, { write: (bytes) => ((text += decoder.decode(bytes)), true), end: () => {} })
    tank.clock.advance(2000)
    const last = text.split(/(?<=\})(?=\{)/).at(-1)!
    const { status, progress, progressDetail } = JSON.parse(last)
    expect(status).toBe('Downloading')
    const left = Math.floor((progressDetail.total - progressDetail.current) / 50_000)
    // It began within a second that had begun before.
    expect([left, left + 1, left + 2].map((seconds) => ` ${seconds}s`)).toContain(progress.slice(-3))
  })

  it('goes on in a fork, each by itself', async () => {
    const tank = slow()
    const reading = pulling(tank, 'good/one')
    tank.clock.advance(1500)
    const fork = tank.fork()
    fork.clock.advance(10_000)
    expect(await imagesOf(fork)).toEqual(['good/one:latest'])
    expect(await imagesOf(tank)).toEqual([])
    tank.clock.advance(10_000)
    expect(reading.ended).toBe(true)
    const { byId } = tank.engine.store.state.images
    expect(byId.keys()).toEqual(fork.engine.store.state.images.byId.keys())
  })

  it('lets a build tell of its pull as it goes, and ends the pull with it', () => {
    const tank = slow()
    const context = encode([tarEntry({ name: 'Dockerfile', body: utf8('FROM good/one\n') })])
    const served = tank.serve({ method: 'POST', target: '/v1.51/build', headers: {}, body: context })
    let text = ''
    if (served.kind !== 'stream') throw new Error(served.kind)
    const reader = carry(tank, served, {
      write: (bytes) => ((text += decoder.decode(bytes)), true),
      end: () => {},
    })
    tank.clock.advance(1500)
    expect(text).toContain('"status":"Downloading"')
    reader.left()
    nothingUnderWay(tank)
    expect(layersOf(tank)).toBe(0)
  })
})

describe('through fetch', () => {
  const request = (signal?: AbortSignal) =>
    new Request('http://docker/v1.51/images/create?fromImage=good/one&tag=latest', {
      method: 'POST',
      ...(signal ? { signal } : {}),
    })

  it('the head comes with the first line, and the body as time passes', async () => {
    const tank = slow({ network: { bandwidth: 100_000, latency: 10 } })
    const response = tank.fetch(request())
    tank.clock.advance(1000)
    const { status, body } = await response
    expect(status).toBe(200)
    const reader = body!.getReader()
    expect(decoder.decode((await reader.read()).value)).toContain('Pulling from good/one')
    await reader.cancel()
    nothingUnderWay(tank)
  })

  it('a client may leave before there is a head', async () => {
    const tank = slow({ network: { latency: 1000 } })
    const leaving = new AbortController()
    const response = tank.fetch(request(leaving.signal))
    expect(tank.engine.store.state.distribution.conversations.size).toBe(1)
    leaving.abort()
    await expect(response).rejects.toThrow()
    nothingUnderWay(tank)
  })

  it('the same seed and the same requests give the same bytes', async () => {
    const told = async () => {
      const tank = slow({ clock: 'auto', network: { bandwidth: 50_000, latency: '30ms' } })
      return [await (await tank.fetch(request())).text(), tank.clock.now, requestsOf(tank)]
    }
    expect(await told()).toEqual(await told())
  })
})

describe('a client that leaves', () => {
  it.each([0, 100, 1500, 2500, 3900])('after %d ms leaves no image, no layer and no timer', async (at) => {
    const tank = slow({ network: { bandwidth: 100_000, latency: 10 } })
    const reading = pulling(tank, 'good/one')
    tank.clock.advance(at)
    reading.leave()
    nothingUnderWay(tank)
    const before = requestsOf(tank).length
    tank.clock.advance(60_000)
    expect(requestsOf(tank)).toHaveLength(before)
    expect([await imagesOf(tank), layersOf(tank)]).toEqual([[], 0])
    const events = tank.journal.entries.flatMap((entry) => (entry.kind === 'event' ? [entry.event.type] : []))
    expect(events).not.toContain('image.pull')
    const again = pulling(tank, 'good/one')
    tank.clock.advance(60_000)
    expect(saidOf(again).at(-1)).toBe('Status: Downloaded newer image for good/one:latest')
  })

  it('in the middle of a push leaves no tag', async () => {
    const tank = slow({ images: [image('good/three:latest', { files: files(4), cmd: ['/x'] })] })
    const reading = open(tank, '/images/good/three/push?tag=latest', {
      'x-registry-auth': btoa(JSON.stringify(GOOD)),
    })
    tank.clock.advance(1500)
    reading.leave()
    nothingUnderWay(tank)
    tank.clock.advance(60_000)
    expect(requestsOf(tank).some((one) => one.startsWith('PUT'))).toBe(false)
    const done = open(tank, '/images/good/three/push?tag=latest', { 'x-registry-auth': btoa(JSON.stringify(GOOD)) })
    tank.clock.advance(60_000)
    expect(saidOf(done).at(-2)).toMatch(/^latest: digest:/)
  })

  it('keeps the images of the tags before, when it pulls them all', async () => {
    const tank = slow({
      hub: {
        repositories: [
          {
            name: 'good/all',
            images: [
              { tags: ['a'], image: { from: base } },
              { tags: ['b'], image: { files: files(5), cmd: ['/x'] } },
            ],
          },
        ],
      },
    })
    const reading = open(tank, '/images/create?fromImage=good/all')
    tank.clock.advance(3000)
    reading.leave()
    expect(await imagesOf(tank)).toEqual(['good/all:a'])
    nothingUnderWay(tank)
  })
})

describe('two pulls at once', () => {
  it('of one image ask once for each blob, and both tell of it', async () => {
    const tank = slow()
    const first = pulling(tank, 'good/one')
    tank.clock.advance(1000)
    const second = pulling(tank, 'good/one')
    tank.clock.advance(100)
    // What was told last is told to those who come later.
    expect(saidOf(second).at(-1)).toBe('Downloading')
    tank.clock.advance(60_000)
    const layers = ofBlobs(requestsOf(tank))
    expect(new Set(layers).size).toBe(3)
    // The config is small, and each asks for it.
    expect(layers).toHaveLength(4)
    expect(saidOf(first).at(-1)).toBe('Status: Downloaded newer image for good/one:latest')
    expect(saidOf(second).at(-1)).toBe('Status: Image is up to date for good/one:latest')
    expect(await imagesOf(tank)).toEqual(['good/one:latest'])
    nothingUnderWay(tank)
  })

  it('of two images share what they have in common', async () => {
    const tank = slow()
    const both = [pulling(tank, 'good/one'), pulling(tank, 'good/two')]
    tank.clock.advance(60_000)
    expect(ofBlobs(requestsOf(tank))).toHaveLength(5)
    for (const reading of both) expect(saidOf(reading).at(-1)).toMatch(/^Status: Downloaded newer image/)
    expect((await imagesOf(tank)).sort()).toEqual(['good/one:latest', 'good/two:latest'])
  })

  it('go on when one leaves, and end when both have', async () => {
    const tank = slow()
    const [first, second] = [pulling(tank, 'good/one'), pulling(tank, 'good/one')]
    tank.clock.advance(1000)
    first.leave()
    expect(tank.engine.store.state.distribution.transfers.size).toBe(1)
    tank.clock.advance(60_000)
    expect(saidOf(second).at(-1)).toMatch(/^Status: Downloaded newer image/)
    expect(ofBlobs(requestsOf(tank))).toHaveLength(4)
  })

  it.each(['v2', 'v1'] as const)(
    'with clients that leave at any point end with whole images or none, by %s',
    async (protocol) => {
      const step = fc.oneof(
        fc.record({ act: fc.constant('pull' as const), name: fc.constantFrom('good/one', 'good/two') }),
        fc.record({ act: fc.constant('leave' as const), who: fc.nat(3) }),
        fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 2500 }) }),
        fc.record({ act: fc.constant('remove' as const), name: fc.constantFrom('good/one', 'good/two') }),
        fc.record({ act: fc.constant('push' as const), name: fc.constantFrom('good/one', 'good/two') }),
      )
      const origin = slow({ network: { bandwidth: 100_000, latency: 7 }, host: { registryProtocol: protocol } })
      await imagesOf(origin)
      const property = fc.asyncProperty(fc.array(step, { maxLength: 12, size: 'max' }), async (steps) => {
        const tank = origin.fork()
        const readings: Reading[] = []
        for (const one of steps) {
          if (one.act === 'pull') readings.push(pulling(tank, one.name))
          else if (one.act === 'leave') readings[one.who]?.leave()
          else if (one.act === 'wait') tank.clock.advance(one.ms)
          else if (one.act === 'push')
            readings.push(
              open(tank, `/images/${one.name}/push?tag=latest`, { 'x-registry-auth': btoa(JSON.stringify(GOOD)) }),
            )
          else tank.serve({ method: 'DELETE', target: `/v1.51/images/${one.name}`, headers: {}, body: utf8('') })
        }
        tank.clock.advance(120_000)
        for (const { ended } of readings) expect(ended).toBe(true)
        nothingUnderWay(tank)
        const { images } = tank.engine.store.state
        for (const id of images.references.values()) expect(images.byId.has(id)).toBe(true)
        for (const { layers } of images.byId.values())
          for (const diffId of layers) expect(images.layers.has(diffId)).toBe(true)
        const used = new Set([...images.byId.values()].flatMap(({ layers }) => layers))
        expect(images.layers.size).toBe(used.size)
        // Whatever is here is pulled again, or is up to date.
        const last = pulling(tank, 'good/one')
        tank.clock.advance(60_000)
        expect(last.text.trimEnd()).toMatch(/\{"status":"Status: [^"]*"\}$/)
      })
      await fc.assert(property, { numRuns: 40 })
    },
  )
})

it.each([0, 500])('a push of an image that goes %d ms later is whole', async (at) => {
  const tank = slow({ images: [image('good/three:latest', { files: files(4), cmd: ['/x'] })] })
  const auth = { 'x-registry-auth': btoa(JSON.stringify(GOOD)) }
  const pushed = open(tank, '/images/good/three/push?tag=latest', auth)
  // The image goes in the middle of it.
  tank.clock.advance(at)
  tank.serve({ method: 'DELETE', target: '/v1.51/images/good/three', headers: {}, body: utf8('') })
  tank.clock.advance(60_000)
  expect(saidOf(pushed).at(-2)).toMatch(/^latest: digest:/)
  expect(await imagesOf(tank)).not.toContain('good/three:latest')
  const reading = pulling(tank, 'good/three')
  tank.clock.advance(60_000)
  expect(saidOf(reading).at(-1)).toMatch(/^Status: Downloaded newer image/)
  expect((await push(slow({ clock: 'auto' }), 'good/none', 'latest', GOOD)).text).toContain('does not exist locally')
})
