import type { EngineEvolution } from '../verb.ts'
import type { Builds } from './build.ts'
import type { BuildEvents } from './events.ts'

export const buildsEvolution: EngineEvolution<Builds, BuildEvents> = {
  'build.begin': (slice, { build }) => ({ byId: slice.byId.set(build.id, build) }),
  'build.advance': (slice, { build }) => ({ byId: slice.byId.set(build.id, build) }),
  'build.end': (slice, { id }) => ({ byId: slice.byId.delete(id) }),
  'builder.prune': (slice) => slice,
}
