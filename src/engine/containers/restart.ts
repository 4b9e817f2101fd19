import type { EngineVerb } from '../verb.ts'
import { applied } from './applied.ts'
import type { ByRef, Grace } from './commands.ts'
import { markedForRemoval, wrapping } from './errors.ts'
import { restartEvents } from './exit.ts'
import { find } from './find.ts'
import { stopEvents } from './stop.ts'

/** Stop it if it runs, then start it. moby: daemon/restart.go */
export const restart: EngineVerb<ByRef & Grace> = (state, { id: ref, ...grace }, env) => {
  const container = find(state, ref)
  const { running, restarting, removing, dead } = container.flags
  return wrapping(`Cannot restart container ${ref}`, () => {
    if (removing || dead) throw markedForRemoval
    if (!running) return restartEvents(state, container, 1, env)
    const stopping = stopEvents(state, container, grace, 'restart', env.now)
    if (!restarting) return stopping
    const stopped = [...stopping, { type: 'container.stop', id: container.id } as const]
    const after = applied(state, stopped, env)
    return [...stopped, ...restartEvents(after, after.containers.byId.get(container.id)!, 1, env)]
  })
}
