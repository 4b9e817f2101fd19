import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import type { EngineEvent } from '../events.ts'
import { connectAll, disconnectAll } from '../networks/endpoints.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import { mountAll, unmountAll } from '../volumes/mounts.ts'
import { applied } from './applied.ts'
import type { ContainerCommands } from './commands.ts'
import type { Container } from './container.ts'
import { currentRoot } from './current-root.ts'
import { destroyEvents } from './destroy-events.ts'
import { markedForRemoval, notModified, startPaused } from './errors.ts'
import { find } from './find.ts'
import { armHealth } from './health-check.ts'
import { type NoProcess, noMount, noNetwork, processOf } from './process.ts'
import { reconfigure } from './reconfigure.ts'
import { withWorkingDirectory } from './working-directory.ts'

/** A start that fails happens too: it leaves its exit code and its words behind. moby: daemon/start.go */
export const start: EngineVerb<ContainerCommands['ContainerStart']> = (state, { id: ref, hostConfig }, env) => {
  const container = find(state, ref)
  const { paused, running, removing, dead } = container.flags
  if (paused) throw startPaused
  if (running) throw notModified
  if (removing || dead) throw markedForRemoval
  if (!hostConfig) return startEvents(state, container, env)
  const changed = reconfigure(state, container, hostConfig, env)
  const after = applied(state, changed, env)
  return [...changed, ...startEvents(after, find(after, container.id), env)]
}

/** Volumes, the process, networks, in the daemon's order. */
export function startEvents(
  before: EngineState,
  container: Container,
  env: Env,
  byPolicy = false,
): readonly EngineEvent[] {
  const { id } = container
  const mounts = mountedAll(before, container, env)
  if ('error' in mounts) return failedEvents(before, container, mounts, byPolicy)
  const state = applied(before, mounts, env)
  const process = processOf(state, container, env.now)
  const networks = 'error' in process ? process : connected(state, container, env)
  if ('error' in process || 'error' in networks)
    return [
      ...mounts,
      ...failedEvents(state, container, 'error' in process ? process : (networks as NoProcess), byPolicy),
    ]
  const pid = FIRST_PID + env.position
  const started = [...mounts, ...networks, { type: 'container.start', id, pid, byPolicy, process } as const]
  const after = applied(before, started, env)
  return [...started, ...armHealth(after, after.containers.byId.get(id)!, env)]
}

const FIRST_PID = 1000

function mountedAll(state: EngineState, container: Container, env: Env): readonly EngineEvent[] | NoProcess {
  try {
    return [...directoryEvents(state, container, env), ...mountAll(state, container)]
  } catch (problem) {
    if (problem instanceof Problem) return noMount(problem)
    throw problem
  }
}

function connected(state: EngineState, container: Container, env: Env): readonly EngineEvent[] | NoProcess {
  try {
    return connectAll(state, container, env)
  } catch (problem) {
    if (problem instanceof Problem) return noNetwork(problem)
    throw problem
  }
}

/** A restart by the policy that fails keeps the exit code of the last run. */
function failedEvents(
  state: EngineState,
  container: Container,
  { exitCode, error, kind, prepared }: NoProcess,
  byPolicy: boolean,
): readonly EngineEvent[] {
  const { id, flags, hostConfig } = container
  const kept = exitCode === UNKNOWN && flags.exitCode !== 0 ? flags.exitCode : exitCode
  const failed: EngineEvent = {
    type: 'container.start_failed',
    id,
    exitCode: byPolicy ? flags.exitCode : kept,
    error,
    kind,
    prepared: container.prepared === 'log' ? 'log' : prepared,
  }
  // From where the networks are set up, all of them are left again.
  const left = prepared === 'log' ? disconnectAll(state, container) : []
  const gone = hostConfig.autoRemove ? destroyEvents(state, container, true) : []
  return [...left, ...unmountAll(state, container), failed, ...gone]
}

const UNKNOWN = 128

function directoryEvents(state: EngineState, container: Container, { now }: Env): readonly EngineEvent[] {
  const { id, config } = container
  const before = currentRoot(state.containers, container)
  const root = withWorkingDirectory(before, config.workingDir, now)
  return root === before ? [] : [{ type: 'container.write', id, root }]
}
