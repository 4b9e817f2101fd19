import { env } from '../core/env.ts'
import type { Instant } from '../core/instant.ts'
import { type Declaration, declareImage } from '../engine/images/declare.ts'
import type { WholeImage } from '../engine/images/make-image.ts'
import { initialImages } from '../engine/images/official/index.ts'
import { engine } from '../engine/index.ts'
import { initialNetworks } from '../engine/networks/initial.ts'
import { type EngineState, emptyEngine } from '../engine/state.ts'
import { defaultHost, type Host } from '../engine/system/host.ts'

/** What the world is like at the start. */
export interface Origin {
  readonly host?: Partial<Host>
  /** Images in the daemon's store, by canonical reference (`docker.io/library/busybox:1.36`). */
  readonly images?: Readonly<Record<string, Declaration | WholeImage>>
}

/** The engine's first state: its images and its predefined networks. */
export function origin({ host, images = initialImages }: Origin, seed: string, now: Instant): EngineState {
  const begin = { ...emptyEngine, now, host: { ...defaultHost, ...host } }
  const events = [
    ...initialNetworks(env(`${seed}\nengine\norigin`, 0, now)),
    ...Object.entries(images).flatMap(([reference, given]) => {
      const { image, layers } = 'image' in given ? given : declared(given)
      return [
        { type: 'image.add' as const, image, layers },
        { type: 'image.tag' as const, id: image.id, reference },
      ]
    }),
  ]
  const state = events.reduce(
    (before, event, position) =>
      engine.decider.evolve(before, { ...event, at: now, position: position - events.length }),
    begin,
  )
  // What was there from the beginning was neither told of nor named here.
  return { ...state, events: begin.events, images: { ...state.images, tagged: begin.images.tagged } }
}

const made = new WeakMap<Declaration, WholeImage>()

/** Declarations are data: each is made into an image once. */
export function declared(declaration: Declaration): WholeImage {
  const known = made.get(declaration)
  if (known) return known
  const image = declareImage(declaration)
  made.set(declaration, image)
  return image
}
