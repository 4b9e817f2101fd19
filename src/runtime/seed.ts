import { builder } from '#builder'
import { theHub } from '#hub'
import { type Env, env } from '../core/env.ts'
import type { Instant } from '../core/instant.ts'
import type { EngineEvent } from '../engine/events.ts'
import type { Declaration } from '../engine/images/declare.ts'
import type { WholeImage } from '../engine/images/make-image.ts'
import { initialImages } from '../engine/images/official/index.ts'
import { engine } from '../engine/index.ts'
import { initialNetworks } from '../engine/networks/initial.ts'
import { type EngineState, emptyEngine } from '../engine/state.ts'
import { defaultHost, type Host } from '../engine/system/host.ts'
import type { Web } from '../engine/web.ts'
import { canonicalName, wholeImage } from './declared-images.ts'
import type { NamedImage } from './image.ts'
import { linkOf, type NetworkOrigin } from './link.ts'
import { declared } from './made.ts'

/** An image that is put into a tank: one that was declared, or the bytes of an archive that `docker save` wrote. */
export type ImageSource = NamedImage | Uint8Array

/** What the world is like at the start. */
export interface Origin {
  readonly host?: Partial<Host>
  /**
   * How long pulls, pushes and log-ins take: at once by default. With the manual clock they go on as time is let pass.
   *
   * @example { bandwidth: 1_000_000, latency: '50ms' }
   */
  readonly network?: NetworkOrigin
  /**
   * What the world serves beside its registries, by URL: for `ADD https://…`, builds from a `remote` and imports. Every other URL is out of
   * reach.
   * @example { 'https://example.com/app.tar.gz': bytes, 'https://example.com/old': { status: 410, body: 'gone' } }
   */
  readonly web?: Web
  /**
   * Images in the daemon's store. A list adds to the three that are there (`busybox:1.36`, `alpine:3.20`, `hello-world`); a record, by canonical
   * reference (`docker.io/library/busybox:1.36`), stands in their place.
   *
   * @example
   * createWavetank({ images: [image('acme/api:1', { from: 'alpine:3.20', cmd: 'sleep 1000' }), readFileSync('saved.tar')] })
   */
  readonly images?: readonly ImageSource[] | Readonly<Record<string, Declaration | WholeImage>>
}

/** The engine's first state: its images and its predefined networks. */
export function origin({ host, network = {}, web = {}, images = [] }: Origin, seed: string, now: Instant): EngineState {
  const begin = { ...emptyEngine, now, host: { ...defaultHost, link: linkOf(network), ...host }, web }
  const [record, list] = isList(images) ? [initialImages, images] : [images, []]
  const dealt = env(`${seed}\nengine\norigin`, 0, now)
  const networks = initialNetworks(dealt)
  const named = Object.entries(record).flatMap(([reference, given]) =>
    naming(reference, 'image' in given ? given : declared(given)),
  )
  const stocked = folded(begin, [...networks, ...named], now)
  const state = list.reduce((before, source) => folded(before, eventsOf(before, source, dealt), now), stocked)
  // What was there from the beginning was neither told of nor named here.
  return { ...state, events: begin.events, images: { ...state.images, tagged: begin.images.tagged } }
}

/** Those of the images that were declared, and so may bring programs. */
export const declaredOnes = (images: Origin['images'] = []): NamedImage[] =>
  isList(images) ? images.filter((one): one is NamedImage => !(one instanceof Uint8Array)) : []

const isList = (images: NonNullable<Origin['images']>): images is readonly ImageSource[] => Array.isArray(images)

const folded = (state: EngineState, events: readonly EngineEvent[], now: Instant): EngineState =>
  events.reduce(
    (before, event, position) =>
      engine.decider.evolve(before, { at: now, position: position - events.length, ...event }),
    state,
  )

function eventsOf(state: EngineState, source: ImageSource, dealt: Env): readonly EngineEvent[] {
  if (source instanceof Uint8Array)
    return builder().makingVerbs.ImageLoad(state, { type: 'ImageLoad', archive: source }, dealt)
  return naming(
    canonicalName(source.reference),
    wholeImage(source, state.images, () => theHub().hubCatalog),
  )
}

const naming = (reference: string, { image, layers }: WholeImage): EngineEvent[] => [
  { type: 'image.add', image, layers },
  { type: 'image.refer', id: image.id, reference },
]
