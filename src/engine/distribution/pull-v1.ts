import { Problem } from '../../core/problem.ts'
import type { Answer } from '../../http/reply.ts'
import { decompress } from '../../storage/gzip/decompress.ts'
import { configOf, type Json } from '../../storage/image-v1.ts'
import { readingArchive } from '../images/archive-problem.ts'
import { type Layer, layerOf, stack } from '../images/layer.ts'
import { readImage } from '../images/make-image.ts'
import { canonical, domainOf, familiar, familiarName, type Reference } from '../images/reference.ts'
import { pullReference } from './asked-reference.ts'
import type { Topics } from './commands.ts'
import type { ImageV1 } from './distribution.ts'
import { bytesOf, headerOf, jsonOf } from './errors.ts'
import type { Progress } from './progress.ts'
import { lineV1 } from './progress-v1.ts'
import { quotedBody, SessionV1, stringsOf } from './session-v1.ts'
import type { Outcome, Talk, Telling } from './talk.ts'

/** `POST /images/create?fromImage=…` as docker did it up to 1.5: Index, tags, images. docker: graph/pull.go */
export function* pullV1(request: Topics['ImagePull'], telling: Telling): Talk<Outcome> {
  const reference = pullReference(request)
  if (request.era === '1.3') checkName(reference)
  const name = familiarName(reference.name)
  telling.lines.push({ status: `Pulling repository ${name}` })
  const session = new SessionV1(domainOf(reference.name), request.credentials)
  const newer = yield* new PullingV1(request, reference, session, telling).all()
  const status = newer ? 'Downloaded newer image' : 'Image is up to date'
  telling.lines.push({ status: `Status: ${status} for ${familiar(reference)}` })
  telling.events.push({ type: 'image.pull', reference: familiar(reference), name })
  return {}
}

/** docker: registry/registry.go validateRepositoryName */
function checkName({ name }: Reference): void {
  const path = name.slice(name.indexOf('/') + 1)
  const slash = path.indexOf('/')
  const namespace = slash < 0 ? 'library' : path.slice(0, slash)
  const rest = path.slice(slash + 1)
  if (!/^[a-z0-9_]{4,30}$/.test(namespace))
    throw new Problem(
      'System',
      `Invalid namespace name (${namespace}), only [a-z0-9_] are allowed, size between 4 and 30`,
    )
  if (!/^[a-z0-9-_.]+$/.test(rest))
    throw new Problem('System', `Invalid repository name (${rest}), only [a-z0-9-_.] are allowed`)
}

class PullingV1 {
  readonly #request: Topics['ImagePull']
  readonly #reference: Reference
  readonly #path: string
  readonly #session: SessionV1
  readonly #telling: Telling
  readonly #lines: unknown[]
  /** What this pull brought, by id. */
  readonly #brought = new Map<string, ImageV1 & { readonly layer: Layer }>()

  constructor(request: Topics['ImagePull'], reference: Reference, session: SessionV1, telling: Telling) {
    this.#request = request
    this.#reference = reference
    this.#path = reference.name.slice(reference.name.indexOf('/') + 1)
    this.#session = session
    this.#telling = telling
    this.#lines = telling.lines
  }

  /** Whether anything was new here. */
  *all(): Talk<boolean> {
    yield* this.#session.ping()
    yield* this.#images()
    const { endpoint, tags } = yield* this.#tags()
    for (const [tag, id] of this.#wanted(tags)) yield* this.#tag(endpoint, tag, id)
    return this.#brought.size > 0
  }

  *#images(): Talk<void> {
    const answer = yield* this.#session.ask({ method: 'GET', path: `repositories/${this.#path}/images` })
    if (answer.status !== 200) throw this.#refused(answer)
  }

  /** What the Index said; docker 1.3 said less of it. */
  #refused(answer: Answer): Problem {
    if (answer.status === 401) return new Problem('Unauthorized', 'Authentication is required.')
    const early = this.#request.era === '1.3'
    const { name, tag } = this.#reference
    const shown = tag === undefined || early ? familiarName(name) : `${familiarName(name)}:${tag}`
    if (answer.status === 404) return new Problem('NotFound', `Error: image ${shown} not found`)
    const words = `Error: Status ${answer.status} trying to pull repository ${this.#path}: ${quotedBody(answer)}`
    return new Problem('System', early ? `HTTP code: ${answer.status}` : words)
  }

  /** From the first registry that knows. */
  *#tags(): Talk<{ readonly endpoint: string; readonly tags: Readonly<Record<string, string>> }> {
    for (const endpoint of this.#session.endpoints) {
      const path = `repositories/${this.#path}/tags`
      const answer = yield* this.#session.askRegistry(endpoint, { method: 'GET', path })
      if (answer.status === 404) throw new Problem('NotFound', 'Repository not found')
      if (answer.status === 200) return { endpoint, tags: stringsOf(answer) }
    }
    throw new Problem('System', 'Could not reach any registry endpoint')
  }

  #wanted(tags: Readonly<Record<string, string>>): (readonly [tag: string, id: string])[] {
    const { tag } = this.#reference
    if (tag === undefined) return Object.entries(tags)
    const id = Object.hasOwn(tags, tag) ? tags[tag] : undefined
    if (id === undefined)
      throw new Problem('NotFound', `Tag ${tag} not found in repository ${familiarName(this.#reference.name)}`)
    return [[tag, id]]
  }

  *#tag(endpoint: string, tag: string, id: string): Talk<void> {
    const from = `Pulling image (${tag}) from ${familiarName(this.#reference.name)}`
    this.#lines.push(lineV1(from, id), lineV1(`${from}, endpoint: ${endpoint}`, id))
    this.#lines.push(lineV1('Pulling dependent layers', id))
    const ancestry = yield* this.#ancestry(endpoint, id)
    for (const one of ancestry.toReversed()) yield* this.#image(endpoint, one)
    this.#lines.push(lineV1('Download complete', id))
    this.#keep(tag, ancestry.toReversed())
  }

  *#ancestry(endpoint: string, id: string): Talk<readonly string[]> {
    const answer = yield* this.#session.askRegistry(endpoint, { method: 'GET', path: `images/${id}/ancestry` })
    if (answer.status === 401) throw new Problem('Unauthorized', 'Authentication is required.')
    if (answer.status !== 200)
      throw new Problem('System', `Server error: ${answer.status} trying to fetch remote history for ${id}`)
    return jsonOf(answer) as readonly string[]
  }

  /** An image that was here is not asked for. */
  *#image(endpoint: string, id: string): Talk<void> {
    if (!this.#here(id)) {
      this.#lines.push(lineV1('Pulling metadata', id))
      const json = yield* this.#get(endpoint, id, 'json')
      this.#lines.push(lineV1('Pulling fs layer', id))
      const size = Number(headerOf(json, 'x-docker-size'))
      const archive = bytesOf(yield* this.#get(endpoint, id, 'layer', this.#progress(id, size)))
      this.#bring(id, bytesOf(json), archive)
    }
    this.#lines.push(lineV1('Download complete', id))
  }

  *#get(endpoint: string, id: string, what: 'json' | 'layer', progress?: Progress): Talk<Answer> {
    const asked = { method: 'GET', path: `images/${id}/${what}`, ...(progress && { progress }) }
    const answer = yield* this.#session.askRegistry(endpoint, asked)
    if (answer.status === 200) return answer
    throw new Problem(
      'System',
      what === 'json'
        ? `HTTP code ${answer.status}`
        : `Server error: Status ${answer.status} while fetching image layer (${id})`,
    )
  }

  #progress(id: string, size: number): Progress {
    const v1 = this.#request.era === '1.3' ? 'timed' : 'untimed'
    return { status: 'Downloading', id, v1, ...(size > 0 && { size }) }
  }

  #here(id: string): (ImageV1 & { readonly layer: Layer }) | undefined {
    const brought = this.#brought.get(id)
    if (brought) return brought
    const { distribution, images } = this.#telling.known
    const known = distribution.imagesV1.get(id)
    const layer = known && images.layers.get(known.diffId)
    return known && layer && { ...known, layer }
  }

  #bring(id: string, json: Uint8Array, archive: Uint8Array): void {
    const layer = readingArchive(() => layerOf(decompress(archive)))
    const own = this.#telling.known.images.layers.get(layer.diffId) ?? layer
    this.#brought.set(id, { json, diffId: own.diffId, layer: own })
  }

  /** The images of v1 become one of today's. */
  #keep(tag: string, ids: readonly string[]): void {
    const parts = ids.map((id) => ({ id, ...this.#here(id)! }))
    const layers = parts.map(({ layer }) => layer)
    readingArchive(() => stack(layers))
    const jsons = parts.map(({ json }) => JSON.parse(new TextDecoder().decode(json)) as Json)
    const config = configOf(
      jsons,
      layers.map(({ diffId }) => diffId),
    )
    const { image } = readImage(config, layers)
    const reference = canonical({ ...this.#reference, tag })
    const { events, known } = this.#telling
    const { byId, references } = known.images
    if (!byId.has(image.id)) events.push({ type: 'image.add', image, layers })
    if (references.get(reference) !== image.id) events.push({ type: 'image.refer', id: image.id, reference })
    events.push({
      type: 'distribution.learn-v1',
      images: parts.map(({ id, json, diffId }) => [id, { json, diffId }] as const),
    })
  }
}
