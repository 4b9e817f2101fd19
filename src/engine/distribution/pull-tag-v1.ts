import { Problem } from '../../core/problem.ts'
import type { Answer } from '../../http/reply.ts'
import { decompress } from '../../storage/gzip/decompress.ts'
import { configOf, type Json } from '../../storage/image-v1.ts'
import { readingArchive } from '../images/archive-problem.ts'
import { type Layer, layerOf, stack } from '../images/layer.ts'
import { readImage } from '../images/make-image.ts'
import { canonical, familiarName, type Reference } from '../images/reference.ts'
import type { Topics } from './commands.ts'
import type { ImageV1 } from './distribution.ts'
import { bytesOf, headerOf, jsonOf } from './errors.ts'
import type { Progress } from './progress.ts'
import { lineV1 } from './progress-v1.ts'
import type { SessionV1 } from './session-v1.ts'
import type { Talk, Telling } from './talk.ts'

interface Part extends ImageV1 {
  readonly layer: Layer
}

/** The tags of one pull by v1, each with its image and all below it; what came once is not asked for again. */
export class TagPullV1 {
  /** Whether anything was not here. */
  newer = false
  readonly #v1: NonNullable<Progress['v1']>
  readonly #reference: Reference
  readonly #session: SessionV1
  readonly #endpoint: string
  readonly #telling: Telling
  /** Images that came or were found here, by id: what is found here may go meanwhile. */
  readonly #parts = new Map<string, Part>()

  constructor(
    request: Topics['ImagePull'],
    reference: Reference,
    session: SessionV1,
    endpoint: string,
    telling: Telling,
  ) {
    this.#v1 = request.era === '1.3' ? 'timed' : 'untimed'
    this.#reference = reference
    this.#session = session
    this.#endpoint = endpoint
    this.#telling = telling
  }

  *one(tag: string, id: string): Talk<void> {
    const from = `Pulling image (${tag}) from ${familiarName(this.#reference.name)}`
    this.#say(from, id)
    this.#say(`${from}, endpoint: ${this.#endpoint}`, id)
    this.#say('Pulling dependent layers', id)
    const ids = (yield* this.#ancestry(id)).toReversed()
    const parts: (readonly [id: string, Part])[] = []
    for (const one of ids) parts.push([one, yield* this.#part(one)])
    this.#say('Download complete', id)
    this.#keep(tag, parts)
  }

  *#ancestry(id: string): Talk<readonly string[]> {
    const answer = yield* this.#ask(`images/${id}/ancestry`)
    if (answer.status === 401) throw new Problem('Unauthorized', 'Authentication is required.')
    if (answer.status !== 200)
      throw new Problem('System', `Server error: ${answer.status} trying to fetch remote history for ${id}`)
    return jsonOf(answer) as readonly string[]
  }

  /** An image that was here is not asked for. */
  *#part(id: string): Talk<Part> {
    const part = this.#here(id) ?? (yield* this.#bring(id))
    this.#parts.set(id, part)
    this.#say('Download complete', id)
    return part
  }

  #here(id: string): Part | undefined {
    const before = this.#parts.get(id)
    if (before) return before
    const { distribution, images } = this.#telling.known
    const known = distribution.imagesV1.get(id)
    const layer = known && images.layers.get(known.diffId)
    return known && layer && { ...known, layer }
  }

  *#bring(id: string): Talk<Part> {
    this.newer = true
    this.#say('Pulling metadata', id)
    const json = yield* this.#get(id, 'json')
    this.#say('Pulling fs layer', id)
    const size = Number(headerOf(json, 'x-docker-size'))
    const progress: Progress = { status: 'Downloading', id, v1: this.#v1, ...(size > 0 && { size }) }
    const archive = bytesOf(yield* this.#get(id, 'layer', progress))
    const layer = readingArchive(() => layerOf(decompress(archive)))
    const own = this.#telling.known.images.layers.get(layer.diffId) ?? layer
    return { json: bytesOf(json), diffId: own.diffId, layer: own }
  }

  *#get(id: string, what: 'json' | 'layer', progress?: Progress): Talk<Answer> {
    const answer = yield* this.#ask(`images/${id}/${what}`, progress)
    if (answer.status === 200) return answer
    const layer = `Server error: Status ${answer.status} while fetching image layer (${id})`
    throw new Problem('System', what === 'json' ? `HTTP code ${answer.status}` : layer)
  }

  *#ask(path: string, progress?: Progress): Talk<Answer> {
    const asked = { method: 'GET', path, ...(progress && { progress }) }
    return yield* this.#session.askRegistry(this.#endpoint, asked)
  }

  /** The images of v1, root first, become one of today's. */
  #keep(tag: string, parts: readonly (readonly [id: string, Part])[]): void {
    const layers = parts.map(([, { layer }]) => layer)
    readingArchive(() => stack(layers))
    const jsons = parts.map(([, { json }]) => JSON.parse(new TextDecoder().decode(json)) as Json)
    const diffIds = layers.map(({ diffId }) => diffId)
    const { image } = readImage(configOf(jsons, diffIds), layers)
    const reference = canonical({ ...this.#reference, tag })
    const { events, known } = this.#telling
    const { byId, references } = known.images
    if (!byId.has(image.id)) events.push({ type: 'image.add', image, layers })
    if (references.get(reference) !== image.id) events.push({ type: 'image.refer', id: image.id, reference })
    const images = parts.map(([id, { json, diffId }]) => [id, { json, diffId }] as const)
    events.push({ type: 'distribution.learn-v1', images })
  }

  #say(status: string, id: string): void {
    this.#telling.lines.push(lineV1(status, id))
  }
}
