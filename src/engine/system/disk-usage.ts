import { Problem } from '../../core/problem.ts'
import type { Input } from '../../http/input.ts'
import { newestFirst } from '../containers/newest-first.ts'
import { summary } from '../containers/wire/summary.ts'
import type { EngineState } from '../state.ts'
import { supports } from '../versions.ts'
import { volumeUsage } from '../volumes/wire/volume.ts'
import { imageUsage } from './wire/image-usage.ts'

type UsageType = 'container' | 'image' | 'volume' | 'build-cache'
const TYPES: readonly string[] = ['container', 'image', 'volume', 'build-cache'] satisfies readonly UsageType[]

/** What was asked for; everything, unless said otherwise. */
export function usageTypes({ query, version }: Input): ReadonlySet<string> {
  const given = supports(version, 'usageTypes') ? query.getAll('type') : []
  const unknown = given.find((type) => !TYPES.includes(type))
  if (unknown !== undefined) throw new Problem('InvalidParameter', `unknown object type: ${unknown}`)
  return new Set(given.length > 0 ? given : TYPES)
}

/** `GET /system/df`. moby: Daemon.SystemDiskUsage */
export function diskUsage(state: EngineState, types: ReadonlySet<string>): unknown {
  const { images, volumes } = state
  const layers = images.layers.values().reduce((sum, layer) => sum + layer.contentSize, 0)
  return {
    LayersSize: types.has('image') ? layers : 0,
    Images: types.has('image') ? images.byId.values().map((image) => imageUsage(state, image)) : null,
    Containers: types.has('container') ? newestFirst(state).map((container) => summary(state, container, true)) : null,
    Volumes: types.has('volume') ? volumes.byName.values().map((volume) => volumeUsage(state, volume)) : null,
    BuildCache: types.has('build-cache') ? [] : null,
  }
}
