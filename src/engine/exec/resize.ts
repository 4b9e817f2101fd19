import { SECOND } from '../../core/instant.ts'
import type { Follow } from '../../http/follow.ts'
import { empty } from '../../http/reply.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { surface } from '../surface.ts'
import type { EngineVerb } from '../verb.ts'
import type { ExecCommands } from './commands.ts'
import { neverReady, noProcess } from './errors.ts'
import { findReady } from './find.ts'

/** Before the start it is the size that the terminal will have. moby: Daemon.ContainerExecResize */
export const resize: EngineVerb<ExecCommands['ExecResize']> = (state, { id, columns, rows }) => {
  const exec = findReady(state, id)
  if (exec.started && !exec.running) throw noProcess()
  return [{ type: 'container.exec_resize', id: exec.container, exec: id, columns, rows }]
}

const PATIENCE = 10 * SECOND

/** The daemon waits for the start before it answers, but not for ever. */
export function whenStarted(id: string, now: number, version: string): Follow<EngineState, EngineEvent, undefined> {
  const wakeAt = now + PATIENCE
  return {
    waits: true,
    seed: { acc: undefined, wakeAt },
    step(acc, event, state) {
      if (state.execs.byId.get(id)?.started) return { acc, answer: empty(200) }
      return event.at >= wakeAt ? { acc, answer: surface.refuse(neverReady(), version) } : { acc, wakeAt }
    },
  }
}
