import { Problem } from '../../core/problem.ts'
import { digestOf, isDigest } from '../../storage/digest.ts'
import { decompress } from '../../storage/gzip/decompress.ts'
import { parsePlatform } from '../containers/platform.ts'
import type { EngineEvent } from '../events.ts'
import { readingArchive } from '../images/archive-problem.ts'
import type { Image } from '../images/image.ts'
import { type Layer, layerOf, stack } from '../images/layer.ts'
import { readImage } from '../images/make-image.ts'
import type { Descriptor } from '../images/oci.ts'
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
import { jsonOf, RegistryRefusal, refusalText, schema1 } from './errors.ts'
import { blobBytes, head, type ManifestDocument, manifestBytes, readManifest } from './manifest.ts'
import { extracting } from './progress.ts'
import { need, Session } from './session.ts'
import type { Known, Outcome, Talk, Telling } from './talk.ts'

type Pull = Topics['ImagePull']

/** What a pull is about: one tag or digest, or with neither all tags. */
export function pullReference({ image, tag }: Pick<Pull, 'image' | 'tag'>): Reference {
  const reference = parseReference(image)
  if (tag === '') return reference
  if (isDigest(tag)) return { ...reference, tag: undefined, digest: tag }
  return withTag(reference, tag)
}

/** `POST /images/create?fromImage=…`. moby: distribution/pull_v2.go */
export function* pull(request: Pull, telling: Telling): Talk<Outcome> {
  const { lines, events } = telling
  const reference = pullReference(request)
  try {
    const all = reference.tag === undefined && reference.digest === undefined
    const run = new Pulling(request, reference, telling)
    yield* run.open()
    const wanted = all ? yield* run.tags() : [reference]
    let newer = false
    for (const one of wanted) newer = (yield* run.one(one)) || newer
    lines.push({
      status: `Status: ${newer ? 'Downloaded newer image' : 'Image is up to date'} for ${familiar(reference)}`,
    })
    lines.push(...run.warnings)
    events.push({ type: 'image.pull', reference: familiar(reference), name: familiarName(reference.name) })
    return {}
  } catch (thrown) {
    throw thrown instanceof Problem ? translated(thrown, reference) : thrown
  }
}

/** moby: distribution/errors.go translatePullError */
function translated(problem: Problem, reference: Reference): Problem {
  if (!(problem instanceof RegistryRefusal)) return problem
  const [first] = problem.refusals
  const text = refusalText(first!)
  if (first!.code === 'DENIED')
    return new Problem(
      'NotFound',
      `pull access denied for ${familiarName(reference.name)}, repository does not exist or may require 'docker login': ${text}`,
    )
  if (first!.code === 'MANIFEST_UNKNOWN')
    return new Problem('NotFound', `manifest for ${familiar(reference)} not found: ${text}`)
  if (first!.code === 'NAME_UNKNOWN')
    return new Problem('NotFound', `repository ${familiarName(reference.name)} not found`)
  return new Problem(problem.kind, text)
}

class Pulling {
  readonly warnings: unknown[] = []
  readonly #request: Pull
  readonly #name: string
  readonly #path: string
  readonly #scope: string
  readonly #telling: Telling
  readonly #session: Session
  readonly #lines: unknown[]
  readonly #events: EngineEvent[]

  constructor(request: Pull, { name }: Reference, telling: Telling) {
    this.#request = request
    this.#name = name
    this.#path = name.slice(name.indexOf('/') + 1)
    this.#scope = `repository:${this.#path}:pull`
    this.#telling = telling
    this.#session = new Session(domainOf(name), request.credentials, telling)
    this.#lines = telling.lines
    this.#events = telling.events
  }

  get #known(): Known {
    return this.#telling.known
  }

  *open(): Talk<void> {
    yield* this.#session.ping()
  }

  *tags(): Talk<Reference[]> {
    const answer = yield* this.#session.ask({
      method: 'GET',
      path: `/v2/${this.#path}/tags/list`,
      scopes: [this.#scope],
    })
    const { tags } = jsonOf(need(answer)) as { tags: readonly string[] | null }
    return (tags ?? []).map((tag) => ({ name: this.#name, tag, digest: undefined }))
  }

  /** One tag or digest; whether it is new here. */
  *one(reference: Reference): Talk<boolean> {
    const { digest } = yield* head(this.#session, this.#path, reference.digest ?? reference.tag!, this.#scope)
    this.#lines.push({ status: `Pulling from ${this.#path}`, id: reference.tag ?? familiar(reference) })
    const id = yield* this.#image(digest, reference)
    this.#lines.push({ status: `Digest: ${digest}` })
    const newer = this.#refer(id, reference, digest)
    this.#warn(id, reference)
    return newer
  }

  #refer(id: string, reference: Reference, digest: string): boolean {
    const { references } = this.#known.images
    const own = canonical(reference)
    const pinned = canonical({ name: this.#name, tag: undefined, digest })
    const newer = references.get(own) !== id
    for (const name of new Set([own, pinned]))
      if (references.get(name) !== id) this.#events.push({ type: 'image.refer', id, reference: name })
    return newer
  }

  /** moby: api/server/router/image — an image of another platform than asked for is told of. */
  #warn(id: string, reference: Reference): void {
    const { platform } = this.#request
    if (platform === '') return
    const wanted = parsePlatform(platform)
    const image = this.#imageOf(id)!
    if (wanted.architecture === image.architecture && wanted.os === image.os) return
    this.warnings.push({
      status: `WARNING: image with reference ${familiar(reference)} was found but its platform (${image.os}/${image.architecture}) does not match the specified platform (${platform})`,
    })
  }

  /** The image of a manifest, which may be here already. */
  *#image(digest: string, reference: Reference): Talk<string> {
    const bytes = yield* this.#manifest(digest)
    const document = readManifest(bytes)
    if (document.manifests) return yield* this.#image(this.#chosen(document.manifests), reference)
    const { config, layers } = document
    if (document.schemaVersion === 1) throw schema1(canonical(reference))
    if (!config || !layers) throw new Problem('System', 'unsupported manifest format')
    const here = this.#imageOf(config.digest)
    if (here) this.#learn(digest, bytes, layers, here.layers)
    else yield* this.#download(config, layers, digest, bytes)
    return config.digest
  }

  /** Here from before, or since this pull. */
  #imageOf(id: string): Image | undefined {
    const added = this.#events.find((event) => event.type === 'image.add' && event.image.id === id)
    return added?.type === 'image.add' ? added.image : this.#known.images.byId.get(id)
  }

  /** By digest, so one that was seen before need not be asked for. */
  *#manifest(digest: string): Talk<Uint8Array> {
    const seen = this.#known.distribution.manifests.get(digest)
    return seen ?? (yield* manifestBytes(this.#session, this.#path, digest, this.#scope))
  }

  /** moby: distribution/pull_v2_unix.go filterManifests */
  #chosen(manifests: NonNullable<ManifestDocument['manifests']>): string {
    const { architecture, os } = parsePlatform(this.#request.platform || 'linux/amd64')
    const one = manifests.find(({ platform }) => platform?.architecture === architecture && platform.os === os)
    if (one) return one.digest
    throw new Problem('NotFound', `no matching manifest for ${os}/${architecture} in the manifest list entries`)
  }

  *#download(config: Descriptor, layers: readonly Descriptor[], digest: string, manifest: Uint8Array): Talk<void> {
    const json = yield* blobBytes(this.#session, this.#path, config.digest, this.#scope)
    if (digestOf(json) !== config.digest)
      throw new Problem('System', `image config verification failed for digest ${config.digest}`)
    const here = layers.map((layer) => this.#here(layer))
    // Only a whole stack from the bottom can be there.
    const missing = here.indexOf(undefined)
    const kept = missing < 0 ? here.length : missing
    for (const [i, { digest: of }] of layers.entries()) this.#say(of, i < kept ? 'Already exists' : 'Pulling fs layer')
    const blobs: Uint8Array[] = []
    for (const layer of layers.slice(kept)) blobs.push(yield* this.#layer(layer))
    const made = this.#unpack(here.slice(0, kept) as Layer[], blobs)
    this.#extracted(layers.slice(kept))
    const { image } = readImage(json, made)
    this.#check(image.layers, made)
    this.#events.push({ type: 'image.add', image, layers: made })
    this.#learn(digest, manifest, layers, image.layers)
  }

  #here({ digest }: Descriptor): Layer | undefined {
    const diffId = this.#known.distribution.diffIds.get(digest)
    return diffId === undefined ? undefined : this.#known.images.layers.get(diffId)
  }

  *#layer({ digest }: Descriptor): Talk<Uint8Array> {
    const progress = { status: 'Downloading', id: shortDigest(digest) } as const
    const bytes = yield* blobBytes(this.#session, this.#path, digest, this.#scope, { progress, shared: digest })
    this.#say(digest, 'Verifying Checksum')
    if (digestOf(bytes) !== digest)
      throw new Problem('System', `filesystem layer verification failed for digest ${digest}`)
    this.#say(digest, 'Download complete')
    return bytes
  }

  #unpack(below: readonly Layer[], blobs: readonly Uint8Array[]): Layer[] {
    const layers = [...below]
    let root = stack(below)
    for (const blob of blobs) {
      const layer = readingArchive(() => layerOf(decompress(blob), root))
      root = layer.stacked.get(root) ?? root
      layers.push(this.#known.images.layers.get(layer.diffId) ?? layer)
    }
    return layers
  }

  #check(diffIds: readonly string[], layers: readonly Layer[]): void {
    const agree = diffIds.length === layers.length && diffIds.every((diffId, i) => diffId === layers[i]!.diffId)
    if (!agree) throw new Problem('System', "layers from manifest don't match image configuration")
  }

  #extracted(layers: readonly Descriptor[]): void {
    for (const { digest, size } of layers) {
      for (const line of extracting(shortDigest(digest), size)) this.#lines.push(line)
      this.#say(digest, 'Pull complete')
    }
  }

  #learn(digest: string, manifest: Uint8Array, layers: readonly Descriptor[], diffIds: readonly string[]): void {
    const remotes = layers.map((layer, i): [string, RemoteLayer] => [
      diffIds[i]!,
      { digest: layer.digest, size: layer.size, mediaType: layer.mediaType, repository: this.#name },
    ])
    this.#events.push({ type: 'distribution.learn', digest, manifest, layers: remotes })
  }

  #say(digest: string, status: string): void {
    this.#lines.push({ status, progressDetail: {}, id: shortDigest(digest) })
  }
}

const shortDigest = (digest: string) => digest.slice('sha256:'.length, 'sha256:'.length + 12)
