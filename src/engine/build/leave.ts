import { destroyEvents } from '../containers/destroy-events.ts'
import { killEvents } from '../containers/kill-events.ts'
import { SIGKILL } from '../containers/signal.ts'
import { leave as leaveTalk } from '../distribution/conversation.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { BuildCommands } from './commands.ts'

/** Nobody waits for the build any more: the container of its RUN is killed and goes, its pull ends, and nothing gets a name. moby: containerManager.Run */
export const leave: EngineVerb<BuildCommands['BuildLeave']> = (state, { id }) => {
  const build = state.builds.byId.get(id)
  if (!build) return []
  const over: EngineEvent = { type: 'build.end', id, image: undefined, lines: [] }
  const pulling = build.pulling ? leaveTalk(state, build.pulling.conversation) : []
  return [over, ...pulling, ...(build.running === undefined ? [] : removal(state, build.running))]
}

function removal(state: EngineState, running: string): readonly EngineEvent[] {
  const container = state.containers.byId.get(running)
  if (!container) return []
  if (!container.flags.running) return destroyEvents(state, container, true)
  return [
    ...killEvents(container, SIGKILL),
    { type: 'container.pending', id: container.id, pending: { verb: 'destroy', volumes: true } },
  ]
}
