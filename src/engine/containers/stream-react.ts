import type { EngineReactions } from '../reaction.ts'
import type { EngineState } from '../state.ts'

const MAIN = 'main'
const KILL = 9

const healthCommand = ({ containers }: EngineState, id: string, type: 'HealthPause' | 'HealthResume') =>
  containers.byId.get(id)?.health ? [{ kind: 'command', command: { type, id } } as const] : []

export const streamReactions: EngineReactions = {
  'container.start': ({ id }, { containers }) =>
    containers.inputs.has(id) ? [{ kind: 'command', command: { type: 'ContainerInputFlush', id } }] : [],
  'container.input': ({ id, bytes }, { containers }) =>
    containers.inputs.has(id) ? [] : [{ kind: 'feed', container: id, process: MAIN, bytes }],
  'container.probe_timeout': ({ id, exec }) => [{ kind: 'signal', container: id, process: exec, signal: KILL }],
  'container.pause': ({ id }, state) => healthCommand(state, id, 'HealthPause'),
  'container.unpause': ({ id }, state) => healthCommand(state, id, 'HealthResume'),
  'container.extract-to-dir': ({ disks }) => disks.map((disk) => ({ kind: 'refresh', disk })),
  'container.ask_processes': ({ id }) => [
    { kind: 'probe', container: id, tell: (processes) => ({ type: 'ContainerProcesses', id, processes }) },
  ],
  'container.resize': ({ id, columns, rows }) => [{ kind: 'resize', container: id, process: MAIN, columns, rows }],
}
