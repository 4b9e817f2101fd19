import { chainId, chainIds } from '../../../storage/digest.ts'
import { decompress } from '../../../storage/gzip/decompress.ts'
import { readingArchive } from '../archive-problem.ts'
import type { Images } from '../image.ts'
import { type Layer, layerOf, stack } from '../layer.ts'
import type { FreshLayer } from './packed.ts'

const SHORT = 12
/** Bytes that compressed layers of one archive may grow to, all together. */
const LARGEST = 2 ** 31

/** Reads layers of archives one over the other; those that the daemon has are not read again. */
export class LayerReader {
  readonly #images: Images
  readonly #chains: Set<string>
  readonly #read = new Map<string, Layer>()
  #fresh: FreshLayer[] = []
  #left: number

  constructor(images: Images, limit = LARGEST) {
    this.#images = images
    this.#left = limit
    this.#chains = new Set(images.byId.values().flatMap(({ layers }) => chainIds(layers)))
  }

  /** @param name what a stream calls it: its diffID, or what an old archive says. */
  over(below: readonly Layer[], bytes: () => Uint8Array, name: string, expected = ''): Layer {
    const known = expected === '' ? undefined : this.#known(below, expected)
    if (known) return known
    const archived = bytes()
    const layer = readingArchive(() => layerOf(this.#decompressed(archived), stack(below)))
    this.#fresh.push({ name: name.replace('sha256:', '').slice(0, SHORT), size: archived.length })
    this.#chains.add(chainOf(below, layer.diffId))
    const same = this.#read.get(layer.diffId) ?? this.#images.layers.get(layer.diffId)
    if (same) return same
    this.#read.set(layer.diffId, layer)
    return layer
  }

  /** What was read since this was asked before. */
  fresh(): readonly FreshLayer[] {
    const fresh = this.#fresh
    this.#fresh = []
    return fresh
  }

  #decompressed(archived: Uint8Array): Uint8Array {
    const tar = decompress(archived, { limit: this.#left })
    if (tar !== archived) this.#left -= tar.length
    return tar
  }

  #known(below: readonly Layer[], diffId: string): Layer | undefined {
    if (!this.#chains.has(chainOf(below, diffId))) return undefined
    return this.#images.layers.get(diffId) ?? this.#read.get(diffId)
  }
}

const chainOf = (below: readonly Layer[], diffId: string) => chainId([...below.map((layer) => layer.diffId), diffId])
