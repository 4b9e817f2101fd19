import type { EngineState } from '../state.ts'
import { noSuchExec, pausedAtExec, restartingAtExec } from './errors.ts'
import type { Exec } from './exec.ts'

/** Only the full id is known. */
export function findExec({ execs, now }: EngineState, id: string): Exec {
  const exec = execs.byId.get(id)
  if (!exec || (exec.goneAt !== undefined && now >= exec.goneAt)) throw noSuchExec(id)
  return exec
}

/** As findExec, but the container must be able to run it. moby: Daemon.getExecConfig */
export function findReady(state: EngineState, id: string): Exec {
  const exec = findExec(state, id)
  if (exec.goneAt !== undefined) throw noSuchExec(id)
  const flags = state.containers.byId.get(exec.container)?.flags
  if (flags?.paused) throw pausedAtExec(exec.container)
  if (flags?.restarting) throw restartingAtExec(exec.container)
  return exec
}
