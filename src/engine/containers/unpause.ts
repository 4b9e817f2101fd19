import type { EngineVerb } from '../verb.ts'
import type { ByRef } from './commands.ts'
import { notPaused } from './errors.ts'
import { find } from './find.ts'

/** moby: daemon/unpause.go */
export const unpause: EngineVerb<ByRef> = (state, { id: ref }) => {
  const { id, flags } = find(state, ref)
  if (!flags.paused) throw notPaused(id)
  return [{ type: 'container.unpause', id }]
}
