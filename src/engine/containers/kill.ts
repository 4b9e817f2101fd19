import type { EngineVerb } from '../verb.ts'
import type { ByRef } from './commands.ts'
import { notRunning, wrapping } from './errors.ts'
import { find } from './find.ts'
import { killEvents } from './kill-events.ts'
import { parseKnownSignal, SIGKILL } from './signal.ts'

/** moby: daemon/kill.go */
export const kill: EngineVerb<ByRef & { readonly signal: string }> = (state, { id: ref, signal }) =>
  wrapping(`cannot kill container: ${ref}`, () => {
    const number = signal === '' ? SIGKILL : parseKnownSignal(signal)
    const container = find(state, ref)
    if (!container.flags.running) throw notRunning(container.id)
    return killEvents(container, number)
  })
