import { digestOf } from '../../storage/digest.ts'
import type { Image } from '../images/image.ts'
import { type Layer, layersOf } from '../images/layer.ts'
import { canonical, domainOf } from '../images/reference.ts'
import { hasBlob, mountBlob, uploadBlob } from './blob.ts'
import type { RemoteLayer } from './distribution.ts'
import { DOCKER_MANIFEST, writeManifest } from './manifest.ts'
import { packed } from './packed.ts'
import { type Progress, sentAt } from './progress.ts'
import { pathOf, type Repository } from './repository.ts'
import { need } from './session.ts'
import type { Known, Talk, Telling } from './talk.ts'

/** As many layers go at once; the others wait. */
const AT_ONCE = 5
const GZIP_LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip'

/** The tags of one push, each with its image; layers that the registry has got once are not sent again. */
export class TagPush {
  readonly #repository: Repository
  readonly #telling: Telling
  /** As it was when the push began: an image may go while it is pushed. */
  readonly #known: Known
  /** diffID → what the registry has of it now. */
  readonly #there = new Map<string, RemoteLayer>()

  constructor(repository: Repository, telling: Telling) {
    this.#repository = repository
    this.#telling = telling
    this.#known = telling.known
  }

  *one(tag: string, image: Image): Talk<void> {
    // Top first, as the daemon does.
    const layers = layersOf(this.#known.images, image).toReversed()
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
  *#present({ diffId }: Layer): Talk<boolean> {
    const before = this.#there.get(diffId)
    if (before) return this.#done(diffId, before, 'Layer already exists')
    const { name } = this.#repository
    const remotes = (this.#known.distribution.remotes.get(diffId) ?? []).filter(
      ({ repository }) => domainOf(repository) === domainOf(name),
    )
    const one = remotes.find(({ repository }) => repository === name) ?? remotes[0]
    if (one && (yield* hasBlob(this.#repository, one.digest))) return this.#done(diffId, one, 'Layer already exists')
    for (const remote of remotes) {
      if (remote.repository === name || !(yield* mountBlob(this.#repository, remote))) continue
      return this.#done(diffId, remote, `Mounted from ${pathOf(remote.repository)}`)
    }
    return false
  }

  *#send(layer: Layer): Talk<void> {
    const { digest, bytes } = packed(layer)
    yield* uploadBlob(this.#repository, digest, bytes, pushing(layer))
    const remote = { digest, size: bytes.length, mediaType: GZIP_LAYER, repository: this.#repository.name }
    this.#done(layer.diffId, remote, 'Pushed')
  }

  *#config({ id, json }: Image): Talk<void> {
    if (!(yield* hasBlob(this.#repository, id))) yield* uploadBlob(this.#repository, id, json)
  }

  *#manifest(tag: string, image: Image): Talk<void> {
    const layers = image.layers.map((diffId) => this.#there.get(diffId)!)
    const body = writeManifest({ digest: image.id, size: image.json.length }, layers)
    const headers = { 'content-type': DOCKER_MANIFEST }
    need(yield* this.#repository.ask({ method: 'PUT', path: `manifests/${tag}`, headers, body }))
    const [digest, size] = [digestOf(body), body.length]
    this.#telling.lines.push(
      { status: `${tag}: digest: ${digest} size: ${size}` },
      { progressDetail: {}, aux: { Tag: tag, Digest: digest, Size: size } },
    )
    this.#remember(image, digest, body)
  }

  #remember({ id, layers }: Image, digest: string, manifest: Uint8Array): void {
    const { events, known } = this.#telling
    const remotes = layers.map((diffId) => [diffId, this.#there.get(diffId)!] as const)
    events.push({ type: 'distribution.learn', digest, manifest, layers: remotes })
    const reference = canonical({ name: this.#repository.name, tag: undefined, digest })
    // It may be gone by now.
    if (known.images.byId.has(id) && known.images.references.get(reference) !== id)
      events.push({ type: 'image.refer', id, reference })
  }

  #done(diffId: string, remote: RemoteLayer, status: string): true {
    this.#there.set(diffId, { ...remote, repository: this.#repository.name })
    this.#say(diffId, status)
    return true
  }

  #say(diffId: string, status: string): void {
    this.#telling.lines.push({ status, progressDetail: {}, id: short(diffId) })
  }
}

/** Bytes of the archive that have gone, of the bytes of the files: so the end is past the total. */
const pushing = ({ diffId, tar, contentSize }: Layer): Progress => ({
  status: 'Pushing',
  id: short(diffId),
  size: contentSize,
  at: sentAt(tar, contentSize),
})

const short = (digest: string) => digest.slice('sha256:'.length, 'sha256:'.length + 12)
