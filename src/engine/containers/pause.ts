import type { EngineVerb } from '../verb.ts'
import type { ByRef } from './commands.ts'
import { alreadyPaused, isRestarting, notRunning } from './errors.ts'
import { find } from './find.ts'

/** moby: daemon/pause.go */
export const pause: EngineVerb<ByRef> = (state, { id: ref }) => {
  const { id, flags } = find(state, ref)
  if (!flags.running) throw notRunning(id)
  if (flags.paused) throw alreadyPaused(id)
  if (flags.restarting) throw isRestarting(id)
  return [{ type: 'container.pause', id }]
}
