import { Problem } from '../../core/problem.ts'
import type { Follow } from '../../http/follow.ts'
import type { Input } from '../../http/input.ts'
import { type Answer, noContent, type Reply } from '../../http/reply.ts'
import type { EngineCommand } from '../commands.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { surface } from '../surface.ts'
import { find } from './find.ts'

type Later = Follow<EngineState, EngineEvent, undefined>

/** The answer as soon as `tell` gives one for an event of this container; `now`: it is there already. */
function once(id: string, now: Answer | undefined, tell: (event: EngineEvent) => Answer | undefined): Later {
  const step = (answer: Answer | undefined) => ({ acc: undefined, ...(answer ? { answer } : {}) })
  return {
    waits: true,
    seed: step(now),
    step: (_, event) => step('id' in event && event.id === id ? tell(event) : undefined),
  }
}

const dies = (event: EngineEvent) => (event.type === 'container.die' ? noContent : undefined)

/** When the main process is gone. */
export function stopped(state: EngineState, ref: string): Later {
  const { id, flags } = find(state, ref)
  return once(id, flags.running ? undefined : noContent, dies)
}

/** A KILL waits for the exit, any other signal does not. */
export function killed(
  state: EngineState,
  events: readonly EngineEvent[],
): Reply<EngineState, EngineCommand, EngineEvent> {
  const kill = events.find((event) => event.type === 'container.kill')
  if (kill?.signal !== 9) return noContent
  return { later: once(kill.id, state.containers.byId.get(kill.id)?.flags.running ? undefined : noContent, dies) }
}

/** When it runs again, or could not be started again. */
export function restarted(state: EngineState, events: readonly EngineEvent[], { params, version }: Input): Later {
  const tell = (event: EngineEvent): Answer | undefined => {
    if (event.type === 'container.restart') return noContent
    if (event.type !== 'container.start_failed') return undefined
    const message = `Cannot restart container ${params.name}: ${event.error}`
    return surface.refuse(new Problem(event.kind, message), version)
  }
  const now = events.map(tell).find((answer) => answer !== undefined)
  const pending = events.find((event) => event.type === 'container.pending')
  return once(pending?.id ?? '', now ?? (state && pending ? undefined : noContent), tell)
}

/** When it is gone, or its link is. */
export function gone(state: EngineState, events: readonly EngineEvent[]): Later {
  const pending = events.find((event) => event.type === 'container.pending')
  const waits = pending && state.containers.byId.has(pending.id)
  return once(pending?.id ?? '', waits ? undefined : noContent, (event) =>
    event.type === 'container.destroy' ? noContent : undefined,
  )
}
