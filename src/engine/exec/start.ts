import type { Env } from '../../core/env.ts'
import { findExecutable } from '../../programs/find-executable.ts'
import type { Caller } from '../../storage/caller.ts'
import { isDirectory } from '../../storage/inode.ts'
import type { Container } from '../containers/container.ts'
import { environmentRecord } from '../containers/environment.ts'
import { type Identity, identity } from '../containers/identity.ts'
import { mounted } from '../containers/mounted.ts'
import type { ProcessSpec } from '../effects.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { ExecCommands } from './commands.ts'
import { alreadyRun, alreadyRunning, noDirectory, runtimeRefusal } from './errors.ts'
import type { Exec, TerminalSize } from './exec.ts'
import { findReady } from './find.ts'

/** Once started it gives nothing: the client has its connection already and reads there why. moby: Daemon.ContainerExecStart */
export const start: EngineVerb<ExecCommands['ExecStart']> = (state, { id, detach, size }, env) => {
  const exec = findReady(state, id)
  if (exec.started) {
    if (!detach) return []
    throw whyNotAgain(exec)
  }
  return startEvents(state, exec, detach, size, env)
}

export const whyNotAgain = ({ id, running }: Exec) => (running ? alreadyRunning(id) : alreadyRun(id))

/** What a start brings about: the process is up, or the runtime refuses. */
export function startEvents(
  state: EngineState,
  exec: Exec,
  detach: boolean,
  size: TerminalSize | undefined,
  env: Env,
): readonly EngineEvent[] {
  const { id, container } = exec
  const made = processOf(state, state.containers.byId.get(container)!, exec, detach, size, env)
  const outcome: EngineEvent =
    'message' in made
      ? { type: 'container.exec_failed', id: container, exec: id, ...made }
      : { type: 'container.exec_up', id: container, exec: id, pid: FIRST_PID + env.position, process: made }
  return [{ type: 'container.exec_start', id: container, exec: id }, outcome]
}

/** As for containers: of the host, programs see their own. */
const FIRST_PID = 1000

function processOf(
  state: EngineState,
  container: Container,
  exec: Exec,
  detach: boolean,
  size: TerminalSize | undefined,
  { now }: Env,
): ProcessSpec | { readonly exitCode: number; readonly message: string } {
  const { namespace } = mounted(state, container, now)
  const who = identity(namespace, exec.user, container.hostConfig.groupAdd ?? [])
  if ('refusal' in who) return { exitCode: 126, message: who.refusal }
  const cwd = exec.workingDir || '/'
  const directory = namespace.lookup(cwd)
  if (!directory || !isDirectory(directory)) return { exitCode: 127, message: noDirectory(cwd) }
  const variables = environmentRecord(exec.env, who.home)
  const found = findExecutable(namespace, {
    argv0: exec.argv[0] ?? '',
    ...(variables.PATH === undefined ? {} : { path: variables.PATH }),
    cwd,
    caller: callerOf(who, now),
  })
  if ('message' in found) return { exitCode: found.exitCode, message: runtimeRefusal(found.message) }
  const { columns, rows } = size ?? exec.size ?? { columns: 0, rows: 0 }
  return {
    argv: exec.argv,
    env: variables,
    cwd,
    uid: who.uid,
    gid: who.gid,
    groups: who.groups,
    tty: exec.tty ? { columns, rows } : undefined,
    stdin: exec.openStdin && !detach,
  }
}

const callerOf = ({ uid, gid, groups }: Identity, now: number): Caller => ({
  uid,
  gid,
  groups,
  umask: 0o022,
  now: BigInt(now) * 1000n,
})
