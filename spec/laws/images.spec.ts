import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { config } from '../../src/engine/containers/config.ts'
import { LayerReader } from '../../src/engine/images/archive/layers.ts'
import { noImages } from '../../src/engine/images/image.ts'
import { layerOf, rootOf, stack } from '../../src/engine/images/layer.ts'
import { makeImage, type WholeImage } from '../../src/engine/images/make-image.ts'
import { diffToTar } from '../../src/storage/diff.ts'
import { FileSystem, type Snapshot } from '../../src/storage/file-system.ts'
import { gzip } from '../../src/storage/gzip/gzip.ts'
import { decode } from '../../src/storage/tar/decode.ts'
import { encode } from '../../src/storage/tar/encode.ts'
import { isHeaderOnly, tarEntry } from '../../src/storage/tar/tar-entry.ts'
import { asking } from '../engine/asking.ts'
import { play, steps } from '../storage/arbitrary.ts'
import { listing } from '../storage/listing.ts'

const text = fc.string({ unit: fc.constantFrom('a', '<', '&', '"', 'ö', '\u2028', ' '), maxLength: 8 })
const words = fc.option(fc.array(text, { maxLength: 3 }), { nil: null })
const configs = fc
  .record({
    cmd: words,
    entrypoint: words,
    env: words,
    user: text,
    labels: fc.option(fc.dictionary(text, text), { nil: null }),
  })
  .map((some) => ({ ...config.zero, ...some }))
const facts = fc.record({ config: configs, author: text, comment: text, dockerVersion: fc.constantFrom('', '28.5.2') })

/** An image of one layer for each run of steps. */
const images: fc.Arbitrary<WholeImage> = fc
  .tuple(facts, fc.array(steps(12), { minLength: 1, maxLength: 3 }))
  .map(([said, runs]) => {
    let below: Snapshot = new FileSystem().snapshot()
    const layers = runs.map((run, at) => {
      const fs = new FileSystem(below)
      play(fs, run, 100 * at)
      const layer = layerOf(diffToTar(below, fs.snapshot()), below)
      below = layer.over(below)
      return layer
    })
    const history = [{ created: 5, createdBy: 'x', author: '', comment: said.comment, emptyLayer: false }]
    return makeImage(
      { ...said, architecture: 'amd64', os: 'linux', variant: '', created: 1_700_000_000_000_001, history },
      layers,
    )
  })

const named = (all: readonly WholeImage[]) =>
  Object.fromEntries(all.map((whole, at) => [`docker.io/me/image:${at}`, whole]))
const stored = ({ tank }: ReturnType<typeof asking>) => tank.engine.store.state.images

describe('save and load', () => {
  test('load(save(image)) is the image: id, config, layers and every file of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(images, { minLength: 1, maxLength: 3 }), fc.boolean(), async (all, zipped) => {
        const one = asking({ images: named(all) })
        const names = all.map((_, at) => `names=me/image:${at}`).join('&')
        const { bytes } = await one.ask('GET', `/images/get?${names}`)
        const other = asking({ images: {} })
        expect((await other.ask('POST', '/images/load', zipped ? gzip(bytes) : bytes)).text).not.toContain(
          'errorDetail',
        )
        for (const { image, layers } of all) {
          const loaded = stored(other).byId.get(image.id)!
          expect([loaded.config, loaded.layers, loaded.size]).toEqual([image.config, image.layers, image.size])
          expect(listing(rootOf(stored(other), loaded))).toEqual(listing(stack(layers)))
        }
        expect((await other.ask('GET', `/images/get?${names}`)).bytes).toEqual(bytes)
      }),
      { numRuns: 40 },
    )
  })

  test('what is wrong with an archive is refused, and the store is as it was; nothing else can come of it', async () => {
    const world = asking({ images: {} })
    const before = stored(world)
    await fc.assert(
      fc.asyncProperty(
        images,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        fc.nat(),
        fc.boolean(),
        async (whole, flips, cut, whether) => {
          const one = asking({ images: named([whole]) })
          const bytes = (await one.ask('GET', '/images/me/image:0/get')).bytes.slice()
          for (const [at, value] of flips) bytes[at % bytes.length] = value
          const fork = world.tank.fork()
          const response = await fork.fetch(
            new Request('http://docker/images/load', {
              method: 'POST',
              body: whether ? bytes.subarray(0, cut % bytes.length) : bytes,
            }),
          )
          const said = await response.text()
          expect(response.status).toBe(200)
          if (said.includes('errorDetail')) expect(fork.engine.store.state.images).toBe(before)
          else
            for (const image of fork.engine.store.state.images.byId.values())
              expect(image.layers.length).toBeLessThan(4)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('sizes', () => {
  test('an image is as large as what is in its files; what images share is counted once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(images, { minLength: 1, maxLength: 3 }), async (all) => {
        const { ask } = asking({ images: named(all) })
        const bytesIn = (tar: Uint8Array) =>
          decode(tar).reduce((sum, { type, body }) => sum + (isHeaderOnly(type) ? 0 : body.length), 0)
        const layers = new Map(all.flatMap((whole) => whole.layers.map(({ diffId, tar }) => [diffId, bytesIn(tar)])))
        for (const [at, { image }] of all.entries()) {
          const sum = image.layers.reduce((total, diffId) => total + layers.get(diffId)!, 0)
          expect((await ask('GET', `/images/me/image:${at}/json`)).json.Size).toBe(sum)
        }
        const total = [...layers.values()].reduce((sum, size) => sum + size, 0)
        expect((await ask('GET', '/system/df')).json.LayersSize).toBe(total)
      }),
      { numRuns: 40 },
    )
  })
})

describe('bombs', () => {
  test('compressed layers of an archive may not grow beyond a limit, all together', () => {
    const layer = (name: string) => gzip(encode([tarEntry({ name, body: new Uint8Array(100_000) })]))
    const reader = new LayerReader(noImages, 250_000)
    const one = reader.over([], () => layer('a'), 'a')
    const two = reader.over([one], () => layer('b'), 'b')
    expect(() => reader.over([one, two], () => layer('c'), 'c')).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^archive is larger than \d+ bytes when decompressed$/),
      }),
    )
  })

  test('a gzip of a gzip is no archive', async () => {
    const { ask } = asking()
    const { bytes } = await ask('GET', '/images/busybox:1.36/get')
    expect((await ask('POST', '/images/load', gzip(gzip(bytes)))).json.error).toBe('archive/tar: invalid tar header')
  })
})
