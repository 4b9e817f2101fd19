import { Problem } from '../../core/problem.ts'
import { digestOf } from '../../storage/digest.ts'
import type { Image } from '../images/image.ts'
import type { Layer } from '../images/layer.ts'
import {
  canonical,
  domainOf,
  familiar,
  familiarName,
  parseReference,
  type Reference,
  withTag,
} from '../images/reference.ts'
import type { Topics } from './commands.ts'
import type { RemoteLayer } from './distribution.ts'
import { headerOf, RegistryRefusal, refusalOf, refusalText } from './errors.ts'
import { DOCKER_MANIFEST, writeManifest } from './manifest.ts'
import { packed } from './packed.ts'
import { type Progress, sentAt } from './progress.ts'
import { need, ok, Session } from './session.ts'
import type { Known, Outcome, Talk, Telling } from './talk.ts'

type Push = Topics['ImagePush']

export function pushReference({ name, tag }: Pick<Push, 'name' | 'tag'>): Reference {
  const reference = parseReference(name)
  return tag === '' ? reference : withTag(reference, tag)
}

/** `POST /images/{name}/push`: what goes wrong stands in the stream. moby: distribution/push.go, push_v2.go */
export function* push(request: Push, telling: Telling): Talk<Outcome> {
  const reference = pushReference(request)
  telling.lines.push({ status: `The push refers to repository [${reference.name}]` })
  try {
    const wanted = taggedImages(reference, telling.known)
    const session = new Session(domainOf(reference.name), request.credentials, telling)
    yield* session.ping()
    if (reference.digest !== undefined) throw new Problem('System', 'cannot push a digest reference')
    const run = new Pushing(session, reference.name, telling)
    for (const [tag, image] of wanted) yield* run.one(tag, image)
    const name = familiarName(reference.name)
    telling.events.push({ type: 'image.push', reference: familiar(reference), name })
    return {}
  } catch (thrown) {
    throw thrown instanceof Problem ? new Problem(thrown.kind, wordsOf(thrown)) : thrown
  }
}

/** Only the first of several refusals, and without the request that a token was for. moby: distribution/errors.go */
function wordsOf(problem: Problem): string {
  if (problem instanceof RegistryRefusal) return refusalText(problem.refusals[0]!)
  return problem.message.replace(
    /^(?:Head|Get|Post|Put|Patch) "[^"]*": (?=unauthorized: |no basic auth credentials)/,
    '',
  )
}

/** The tag asked for, or all of the repository; refuses what is not here. */
export function taggedImages(reference: Reference, { images }: Known): (readonly [tag: string, Image])[] {
  const { name, tag } = reference
  const own = images.references.entries().flatMap(([text, id]) => {
    const known = parseOwn(text, name)
    return known === undefined ? [] : [[known, images.byId.get(id)!] as const]
  })
  const named = images.references.keys().some((text) => text.startsWith(`${name}:`) || text.startsWith(`${name}@`))
  if (!named) throw new Problem('System', `An image does not exist locally with the tag: ${familiarName(name)}`)
  if (reference.digest !== undefined) return []
  const wanted = tag === undefined ? own : own.filter(([one]) => one === tag)
  if (wanted.length === 0) throw new Problem('System', `tag does not exist: ${familiar(reference)}`)
  return wanted
}

function parseOwn(text: string, name: string): string | undefined {
  const rest = text.startsWith(`${name}:`) ? text.slice(name.length + 1) : undefined
  return rest === undefined || rest.includes('@') || rest.includes('/') ? undefined : rest
}

/** As many layers go at once; the others wait. */
const AT_ONCE = 5

class Pushing {
  readonly #session: Session
  readonly #name: string
  readonly #path: string
  readonly #scope: string
  /** As it was when the push began. */
  readonly #known: Known
  readonly #telling: Telling
  readonly #lines: unknown[]
  /** diffID → what the registry has of it now. */
  readonly #there = new Map<string, RemoteLayer>()

  constructor(session: Session, name: string, telling: Telling) {
    this.#session = session
    this.#name = name
    this.#path = name.slice(name.indexOf('/') + 1)
    this.#scope = `repository:${this.#path}:push,pull`
    this.#known = telling.known
    this.#telling = telling
    this.#lines = telling.lines
  }

  *one(tag: string, image: Image): Talk<void> {
    // Top first, as the daemon does.
    const layers = image.layers.map((diffId) => this.#known.images.layers.get(diffId)!).toReversed()
    for (const { diffId } of layers) this.#say(diffId, 'Preparing')
    for (const { diffId } of layers.slice(AT_ONCE)) this.#say(diffId, 'Waiting')
    // They go side by side: those that need not be sent are done first.
    const missing: Layer[] = []
    for (const layer of layers) if (!(yield* this.#present(layer))) missing.push(layer)
    for (const layer of missing) yield* this.#send(layer)
    yield* this.#config(image)
    yield* this.#manifest(tag, image)
  }

  /** Whether the repository has the layer, or takes it over from another one. */
  *#present(layer: Layer): Talk<boolean> {
    const before = this.#there.get(layer.diffId)
    if (before) return this.#done(layer, before, 'Layer already exists')
    const remotes = (this.#known.distribution.remotes.get(layer.diffId) ?? []).filter(
      ({ repository }) => domainOf(repository) === domainOf(this.#name),
    )
    const one = remotes.find(({ repository }) => repository === this.#name) ?? remotes[0]
    if (one && (yield* this.#exists(one.digest))) return this.#done(layer, one, 'Layer already exists')
    for (const remote of remotes) {
      if (remote.repository === this.#name || !(yield* this.#mounted(remote))) continue
      return this.#done(layer, remote, `Mounted from ${remote.repository.slice(remote.repository.indexOf('/') + 1)}`)
    }
    return false
  }

  *#send(layer: Layer): Talk<void> {
    const { digest, bytes } = packed(layer)
    yield* this.#upload(digest, bytes, pushing(layer))
    const remote = { digest, size: bytes.length, mediaType: GZIP_LAYER, repository: this.#name }
    this.#done(layer, remote, 'Pushed')
  }

  *#exists(digest: string): Talk<boolean> {
    const path = `/v2/${this.#path}/blobs/${digest}`
    return ok(yield* this.#session.ask({ method: 'HEAD', path, scopes: [this.#scope] }))
  }

  /** Takes a blob over from another repository of the same registry. */
  *#mounted({ digest, repository }: RemoteLayer): Talk<boolean> {
    const from = repository.slice(repository.indexOf('/') + 1)
    const path = `/v2/${this.#path}/blobs/uploads/?${new URLSearchParams({ from, mount: digest })}`
    const scopes = [this.#scope, `repository:${from}:pull`]
    const answer = yield* this.#session.ask({ method: 'POST', path, scopes })
    if (answer.status === 202) yield* this.#cancel(headerOf(answer, 'location') ?? '')
    return answer.status === 201
  }

  *#cancel(path: string): Talk<void> {
    yield* this.#session.ask({ method: 'DELETE', path, scopes: [this.#scope] })
  }

  *#upload(digest: string, body: Uint8Array, progress?: Progress): Talk<void> {
    const scopes = [this.#scope]
    const begun = need(yield* this.#session.ask({ method: 'POST', path: `/v2/${this.#path}/blobs/uploads/`, scopes }))
    const headers = { 'content-type': 'application/octet-stream' }
    const location = headerOf(begun, 'location') ?? ''
    const part = { method: 'PATCH', path: location, headers, body, scopes, ...(progress && { progress }) }
    const sent = need(yield* this.#session.ask(part))
    const last = headerOf(sent, 'location') ?? location
    const path = `${last}${last.includes('?') ? '&' : '?'}${new URLSearchParams({ digest })}`
    need(yield* this.#session.ask({ method: 'PUT', path, scopes }))
  }

  *#config({ id, json }: Image): Talk<void> {
    if (!(yield* this.#exists(id))) yield* this.#upload(id, json)
  }

  *#manifest(tag: string, image: Image): Talk<void> {
    const layers = image.layers.map((diffId) => this.#there.get(diffId)!)
    const manifest = writeManifest({ digest: image.id, size: image.json.length }, layers)
    const digest = digestOf(manifest)
    const answer = yield* this.#session.ask({
      method: 'PUT',
      path: `/v2/${this.#path}/manifests/${tag}`,
      headers: { 'content-type': DOCKER_MANIFEST },
      body: manifest,
      scopes: [this.#scope],
    })
    if (!ok(answer)) throw refusalOf(answer)
    const size = manifest.length
    this.#lines.push({ status: `${tag}: digest: ${digest} size: ${size}` })
    this.#lines.push({ progressDetail: {}, aux: { Tag: tag, Digest: digest, Size: size } })
    this.#remember(image, digest, manifest)
  }

  #remember({ id, layers }: Image, digest: string, manifest: Uint8Array): void {
    const remotes = layers.map((diffId) => [diffId, this.#there.get(diffId)!] as const)
    const reference = canonical({ name: this.#name, tag: undefined, digest })
    const { events, known } = this.#telling
    events.push({ type: 'distribution.learn', digest, manifest, layers: remotes })
    // It may be gone by now.
    if (known.images.byId.has(id) && known.images.references.get(reference) !== id)
      events.push({ type: 'image.refer', id, reference })
  }

  #done({ diffId }: Layer, remote: RemoteLayer, status: string): true {
    this.#there.set(diffId, { ...remote, repository: this.#name })
    this.#say(diffId, status)
    return true
  }

  #say(diffId: string, status: string): void {
    this.#lines.push({ status, progressDetail: {}, id: short(diffId) })
  }
}

/** Bytes of the archive that have gone, of the bytes of the files: so the end is past the total. */
const pushing = ({ diffId, tar, contentSize }: Layer): Progress => ({
  status: 'Pushing',
  id: short(diffId),
  size: contentSize,
  at: sentAt(tar, contentSize),
})

const GZIP_LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip'

const short = (digest: string) => digest.slice('sha256:'.length, 'sha256:'.length + 12)
