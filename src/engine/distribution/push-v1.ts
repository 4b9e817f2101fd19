import { Problem } from '../../core/problem.ts'
import { utf8 } from '../../http/json-lines.ts'
import { digestOf } from '../../storage/digest.ts'
import { tarSum } from '../../storage/tar/tar-sum.ts'
import { domainOf, familiar, familiarName, type Reference } from '../images/reference.ts'
import { pushReference } from './asked-reference.ts'
import { type LinkV1, linksOf } from './chain-v1.ts'
import type { Topics } from './commands.ts'
import { bufferedAt, lineV1, progressV1, pushedAt, shortId, timingFrom } from './progress-v1.ts'
import { quotedBody, SessionV1, stringsOf } from './session-v1.ts'
import { taggedImages } from './tagged-images.ts'
import type { Known, Outcome, Talk, Telling } from './talk.ts'

/** `POST /images/{name}/push` as docker did it up to 1.5: Index, registry, Index. docker: graph/push.go */
export function* pushV1(request: Topics['ImagePush'], telling: Telling): Talk<Outcome> {
  const reference = pushReference(request)
  const session = new SessionV1(domainOf(reference.name), request.credentials)
  const run = new PushingV1(request, reference, session, telling)
  yield* run.all(imagesToPush(reference, telling.known, telling.lines))
  telling.events.push({ type: 'image.push', reference: familiar(reference), name: familiarName(reference.name) })
  return {}
}

/** What is pushed: images in order, root first, each once, with the tags that it is to have. */
type Plan = ReadonlyMap<string, { readonly link: LinkV1; readonly tags: string[] }>

function imagesToPush(reference: Reference, known: Known, lines: unknown[]): Plan {
  const name = familiarName(reference.name)
  const tagged = taggedIfAny(reference, known)
  lines.push({ status: `The push refers to a repository [${name}] (len: ${Math.max(1, tagged.length)})` })
  if (tagged.length === 0) throw new Problem('System', 'No images found for the requested repository / tag')
  const plan = new Map<string, { link: LinkV1; tags: string[] }>()
  for (const [tag, image] of tagged) {
    const links = linksOf(image, known)
    for (const link of links) if (!plan.has(link.id)) plan.set(link.id, { link, tags: [] })
    plan.get(links.at(-1)!.id)!.tags.push(tag)
  }
  return plan
}

/** A repository that is not here at all is told of before the first line; a tag that is not, after it. */
function taggedIfAny(reference: Reference, known: Known): ReturnType<typeof taggedImages> {
  const { name, tag } = reference
  try {
    return taggedImages(reference, known)
  } catch (thrown) {
    if (tag !== undefined && known.images.references.keys().some((text) => text.startsWith(`${name}:`))) return []
    throw thrown instanceof Problem ? new Problem('System', `Repository does not exist: ${familiarName(name)}`) : thrown
  }
}

class PushingV1 {
  readonly #reference: Reference
  readonly #path: string
  readonly #session: SessionV1
  readonly #telling: Telling
  readonly #lines: unknown[]
  readonly #timed: boolean

  constructor(request: Topics['ImagePush'], reference: Reference, session: SessionV1, telling: Telling) {
    this.#reference = reference
    this.#path = reference.name.slice(reference.name.indexOf('/') + 1)
    this.#session = session
    this.#telling = telling
    this.#lines = telling.lines
    this.#timed = request.era === '1.3'
  }

  *all(plan: Plan): Talk<void> {
    this.#lines.push({ status: 'Sending image list' })
    yield* this.#session.ping()
    yield* this.#begin(plan)
    const tags = [...plan.values()].reduce((sum, one) => sum + one.tags.length, 0)
    const name = familiarName(this.#reference.name)
    for (const endpoint of this.#session.endpoints) {
      this.#lines.push({ status: `Pushing repository ${name} (${tags} tags)` })
      for (const { link, tags } of plan.values()) {
        yield* this.#image(endpoint, link)
        for (const tag of tags) yield* this.#tag(endpoint, tag, link.id)
      }
    }
    yield* this.#end()
  }

  *#begin(plan: Plan): Talk<void> {
    const list = [...plan.values()].flatMap(({ link: { id }, tags }) =>
      tags.length === 0 ? [{ id }] : tags.map((Tag) => ({ id, Tag })),
    )
    const answer = yield* this.#session.ask({
      method: 'PUT',
      path: `repositories/${this.#path}/`,
      headers: { 'content-type': 'application/json' },
      body: utf8(JSON.stringify(list)),
    })
    if (answer.status === 200 || answer.status === 201) return
    if (answer.status === 401) throw new Problem('Unauthorized', 'Authentication is required.')
    throw new Problem(
      'System',
      `Error: Status ${answer.status} trying to push repository ${this.#path}: ${quotedBody(answer)}`,
    )
  }

  /** Looks whether it is there already, which tokens for writing do not let one see, and sends it. */
  *#image(endpoint: string, link: LinkV1): Talk<void> {
    const { id } = link
    const looked = yield* this.#session.askRegistry(endpoint, { method: 'GET', path: `images/${id}/json` })
    if (looked.status === 200) {
      this.#lines.push({ status: `Image ${shortId(id)} already pushed, skipping` })
      return
    }
    this.#lines.push(lineV1('Pushing', id))
    if (yield* this.#json(endpoint, link)) {
      this.#lines.push(lineV1('Image already pushed, skipping', id))
      return
    }
    yield* this.#layer(endpoint, link)
    yield* this.#checksum(endpoint, link)
    this.#lines.push(lineV1('Image successfully pushed', id))
  }

  /** Whether the registry has the image. */
  *#json(endpoint: string, { id, json }: LinkV1): Talk<boolean> {
    const answer = yield* this.#session.askRegistry(endpoint, {
      method: 'PUT',
      path: `images/${id}/json`,
      headers: { 'content-type': 'application/json' },
      body: json,
    })
    if (answer.status === 200) return false
    if (answer.status === 409 && stringsOf(answer).error === 'Image already exists') return true
    throw new Problem('System', `HTTP code ${answer.status} while uploading metadata: ${quotedBody(answer)}`)
  }

  *#layer(endpoint: string, { id, archive, tar }: LinkV1): Talk<void> {
    this.#buffering(id, tar.length)
    const v1 = this.#timed ? 'timed' : 'untimed'
    const answer = yield* this.#session.askRegistry(endpoint, {
      method: 'PUT',
      path: `images/${id}/layer`,
      headers: { 'content-type': 'application/octet-stream', 'transfer-encoding': 'chunked' },
      body: archive,
      progress: { status: 'Pushing', id, size: tar.length, at: pushedAt(tar), v1 },
    })
    if (answer.status === 200) return
    const words = `Received HTTP code ${answer.status} while uploading layer: ${quotedBody(answer)}`
    throw new Problem('System', words)
  }

  /** At the end the reader is back at the beginning. */
  #buffering(id: string, length: number): void {
    const timing = this.#timed ? timingFrom(this.#telling.known.now) : undefined
    for (const at of [...bufferedAt(length), 0])
      this.#lines.push(progressV1('Buffering to disk', id, at, undefined, timing))
  }

  *#checksum(endpoint: string, { id, json, archive, tar }: LinkV1): Talk<void> {
    const headers = {
      'x-docker-checksum': tarSum(tar, json),
      'x-docker-checksum-payload': digestOf(json, '\n', archive),
    }
    const answer = yield* this.#session.askRegistry(endpoint, { method: 'PUT', path: `images/${id}/checksum`, headers })
    if (answer.status !== 200)
      throw new Problem('System', `HTTP code ${answer.status} while uploading metadata: ${quotedBody(answer)}`)
  }

  *#tag(endpoint: string, tag: string, id: string): Talk<void> {
    const path = `repositories/${this.#path}/tags/${tag}`
    this.#lines.push({ status: `Pushing tag for rev [${shortId(id)}] on {${endpoint}${path}}` })
    const answer = yield* this.#session.askRegistry(endpoint, {
      method: 'PUT',
      path,
      headers: { 'content-type': 'application/json' },
      body: utf8(JSON.stringify(id)),
    })
    if (answer.status !== 200 && answer.status !== 201)
      throw new Problem('System', `Internal server error: ${answer.status} trying to push tag ${tag} on ${this.#path}`)
  }

  /** docker since 0.8 has nothing more to say of the images. */
  *#end(): Talk<void> {
    const answer = yield* this.#session.ask({
      method: 'PUT',
      path: `repositories/${this.#path}/images`,
      headers: { 'content-type': 'application/json', 'x-docker-endpoints': this.#session.endpoints.join(', ') },
      body: utf8('[]'),
    })
    if (answer.status !== 204)
      throw new Problem(
        'System',
        `Error: Status ${answer.status} trying to push checksums ${this.#path}: ${quotedBody(answer)}`,
      )
  }
}
