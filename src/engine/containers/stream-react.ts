import type { EngineReactions } from '../reaction.ts'

const MAIN = 'main'

export const streamReactions: EngineReactions = {
  'container.start': ({ id }, { containers }) =>
    containers.inputs.has(id) ? [{ kind: 'command', command: { type: 'ContainerInputFlush', id } }] : [],
  'container.input': ({ id, bytes }, { containers }) =>
    containers.inputs.has(id) ? [] : [{ kind: 'feed', container: id, process: MAIN, bytes }],
  'container.resize': ({ id, columns, rows }) => [{ kind: 'resize', container: id, process: MAIN, columns, rows }],
}
