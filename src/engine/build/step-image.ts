import { sha256 } from '#sha256'
import { goJson } from '../../http/json-lines.ts'
import { diffToTar } from '../../storage/diff.ts'
import type { Snapshot } from '../../storage/file-system.ts'
import { type Config, config as configSchema } from '../containers/config.ts'
import type { EngineEvent } from '../events.ts'
import { type Layer, layerOf, layersOf } from '../images/layer.ts'
import { makeImage } from '../images/make-image.ts'
import type { EngineState } from '../state.ts'
import { engineVersion } from '../system/host.ts'

/** What a step makes of an image: another one with this config, this line of history and perhaps one more layer. */
export interface StepResult {
  /** Image id; empty is nothing. */
  readonly parent: string
  readonly config: Config
  readonly createdBy: string
  readonly layer: Layer | undefined
  readonly author?: string
}

/** What the cache knows a step by: its base, what it did, and the config after it. */
export const stepKey = ({ parent, createdBy, config }: Pick<StepResult, 'parent' | 'createdBy' | 'config'>): string =>
  sha256(parent, '\0', createdBy, '\0', goJson(configSchema.encode(config)))

/** The step's image, and the event that brings it in. */
export function stepImage(state: EngineState, result: StepResult, now: number): { id: string; events: EngineEvent[] } {
  const base = state.images.byId.get(result.parent)
  const below = layersOf(state.images, base)
  const { image } = makeImage(
    {
      architecture: base?.architecture ?? 'amd64',
      os: 'linux',
      variant: base?.variant ?? '',
      author: result.author ?? base?.author ?? '',
      comment: '',
      dockerVersion: engineVersion,
      created: now,
      config: result.config,
      history: [
        ...(base?.history ?? []),
        {
          created: now,
          createdBy: result.createdBy,
          author: result.author ?? '',
          comment: '',
          emptyLayer: !result.layer,
        },
      ],
    },
    result.layer ? [...below, result.layer] : below,
    result.parent,
  )
  const known = { ...image, stepKey: stepKey(result) }
  return { id: image.id, events: [{ type: 'image.add', image: known, layers: result.layer ? [result.layer] : [] }] }
}

/** The layer that leads from one file system to another; nothing where they are the same. */
export function layerBetween(base: Snapshot, now: Snapshot): Layer | undefined {
  const tar = diffToTar(base, now)
  return tar.length <= 1024 ? undefined : layerOf(tar, base)
}
