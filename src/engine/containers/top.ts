import type { Follow } from '../../http/follow.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { surface } from '../surface.ts'
import type { EngineVerb } from '../verb.ts'
import type { Container } from './container.ts'
import { notRunning } from './errors.ts'
import type { ContainerFileCommands } from './file-commands.ts'
import { restartingAtTop } from './file-errors.ts'
import { find } from './find.ts'
import { type HostProcess, ps } from './ps.ts'

/** The machine is asked what runs in it. moby: Daemon.ContainerTop */
export const top: EngineVerb<ContainerFileCommands['ContainerTop']> = (state, { id: ref, psArgs }) => {
  const { id, flags } = find(state, ref)
  if (!flags.running) throw notRunning(id)
  if (flags.restarting) throw restartingAtTop(id)
  ps(psArgs, [])
  return [{ type: 'container.ask_processes', id }]
}

/** From the shell: its answer. */
export const processes: EngineVerb<ContainerFileCommands['ContainerProcesses']> = (state, { id, processes }) =>
  state.containers.byId.has(id) ? [{ type: 'container.top', id, processes }] : []

/** The answer, as soon as the machine has given its own. */
export function whenTold(
  container: Container,
  psArgs: string,
  version: string,
): Follow<EngineState, EngineEvent, undefined> {
  const { id, flags } = container
  return {
    waits: true,
    seed: { acc: undefined },
    step(acc, event, { host }) {
      if (!('id' in event) || event.id !== id) return { acc }
      if (event.type === 'container.die') return { acc, answer: surface.refuse(notRunning(id), version) }
      if (event.type !== 'container.top') return { acc }
      const onHost = (pid: number) => flags.pid + pid - 1
      const shown = event.processes.map(
        (process): HostProcess => ({
          ...process,
          pid: onHost(process.pid),
          ppid: process.ppid === 0 ? flags.pid - SHIM : onHost(process.ppid),
          memory: host.memory,
          now: event.at,
        }),
      )
      return { acc, answer: { status: 200, json: answer(psArgs, shown) } }
    },
  }
}

/** The shim of containerd was started a little earlier. */
const SHIM = 29

/** Keys in the order in which Go sorts them. */
function answer(psArgs: string, shown: readonly HostProcess[]): object {
  const { Processes, Titles } = ps(psArgs, shown)
  return { Processes, Titles }
}
