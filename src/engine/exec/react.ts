import type { EngineReactions } from '../reaction.ts'

export const execReactions: EngineReactions = {
  'container.exec_up': ({ id, exec, process }) => [{ kind: 'exec', container: id, id: exec, process }],
  'container.exec_input': ({ id, exec, bytes }) => [{ kind: 'feed', container: id, process: exec, bytes }],
  'container.exec_resize': ({ id, exec, columns, rows }, { execs }) =>
    execs.byId.get(exec)?.running ? [{ kind: 'resize', container: id, process: exec, columns, rows }] : [],
}
