import type { EngineEvent } from '../events.ts'
import type { HistoryEntry, Image } from '../images/image.ts'
import { layersOf } from '../images/layer.ts'
import { makeImage } from '../images/make-image.ts'
import type { EngineState } from '../state.ts'
import { engineVersion } from '../system/host.ts'
import type { Build } from './build.ts'
import { type StepResult, stepKey } from './step-image.ts'

/** A step that needs not be done. */
export interface Hit {
  /** The image after it. */
  readonly id: string
  /** What brings the image in, where it was part of another one only. */
  readonly events: readonly EngineEvent[]
  readonly cacheSources: readonly string[]
}

type Step = Pick<StepResult, 'parent' | 'config' | 'createdBy'>

/** What the cache has for a step. moby: image/cache/cache.go */
export function cached(state: EngineState, build: Build, step: Step): Hit | undefined {
  if (build.cacheMissed) return undefined
  const local = madeHere(state, step)
  if (build.options.cacheFrom.length === 0)
    return local && { id: local.id, events: [], cacheSources: build.cacheSources }
  const sources = build.cacheSources.flatMap((id) => state.images.byId.get(id) ?? [])
  if (local && sources.some((source) => comesFrom(state, source, local.id)))
    return { id: local.id, events: [], cacheSources: build.cacheSources }
  return fromSources(state, sources, step)
}

/** The image that the same step made on this daemon. */
function madeHere({ images }: EngineState, step: Step): Image | undefined {
  const key = stepKey(step)
  return images.byId.values().find((image) => image.stepKey === key)
}

function comesFrom({ images }: EngineState, image: Image, ancestor: string): boolean {
  for (let at: Image | undefined = image; at; at = images.byId.get(at.parent)) if (at.id === ancestor) return true
  return false
}

/** The history of a source tells what its layers were made of. */
function fromSources(state: EngineState, sources: readonly Image[], step: Step): Hit | undefined {
  const parent = state.images.byId.get(step.parent)
  const at = parent?.history.length ?? 0
  const source = sources.find((one) => continues(one, parent) && one.history[at]!.createdBy === step.createdBy)
  if (!source) return undefined
  if (at === source.history.length - 1) {
    const adopted = { ...source, parent: step.parent }
    return { id: source.id, events: [{ type: 'image.add', image: adopted, layers: [] }], cacheSources: [source.id] }
  }
  const { image } = restored(state, source, parent, step)
  return { id: image.id, events: [{ type: 'image.add', image, layers: [] }], cacheSources: [source.id] }
}

/** Whether `image` was built on `parent`, as far as histories and layers tell. */
function continues(image: Image, parent: Image | undefined): boolean {
  if (image.history.length <= (parent?.history.length ?? 0)) return false
  if (!parent) return true
  return (
    parent.history.every((entry, i) => sameEntry(entry, image.history[i]!)) &&
    parent.layers.every((diffId, i) => diffId === image.layers[i])
  )
}

const sameEntry = (a: HistoryEntry, b: HistoryEntry) =>
  a.created === b.created &&
  a.createdBy === b.createdBy &&
  a.author === b.author &&
  a.comment === b.comment &&
  a.emptyLayer === b.emptyLayer

/** The image that stood between `parent` and `source`. */
function restored({ images }: EngineState, source: Image, parent: Image | undefined, step: Step) {
  const entry = source.history[parent?.history.length ?? 0]!
  const count = (parent?.layers.length ?? 0) + (entry.emptyLayer ? 0 : 1)
  const { architecture, os, variant, author } = source
  const facts = { architecture, os, variant, author, comment: '', dockerVersion: engineVersion }
  const history = [...(parent?.history ?? []), entry]
  const layers = layersOf(images, source).slice(0, count)
  return makeImage({ ...facts, created: entry.created, config: step.config, history }, layers, step.parent)
}
