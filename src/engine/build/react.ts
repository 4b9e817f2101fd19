import type { EngineReactions } from '../reaction.ts'
import type { EngineState } from '../state.ts'

const buildOf = ({ builds }: EngineState, container: string) =>
  builds.byId.values().find(({ running }) => running === container)

const command = <C>(it: C) => [{ kind: 'command', command: it } as const]

/** A build goes on by itself, step by step; a RUN is a container that is started and waited for, as a pull is. */
export const buildReactions: EngineReactions = {
  'build.begin': ({ build }) => command({ type: 'BuildStep', id: build.id } as const),
  'build.advance': ({ build: { id, running, pulling } }) => {
    if (running !== undefined) return command({ type: 'ContainerStart', id: running } as const)
    return pulling ? [] : command({ type: 'BuildStep', id } as const)
  },
  'container.die': ({ id, exitCode }, state) => ran(state, id, exitCode, ''),
  'container.start_failed': ({ id, exitCode, error }, state) => ran(state, id, exitCode, error),
  'distribution.end': ({ id, outcome }, { builds }) => {
    const build = builds.byId.values().find(({ pulling }) => pulling?.conversation === id)
    return build ? command({ type: 'BuildPulled', id: build.id, outcome } as const) : []
  },
}

function ran(state: EngineState, container: string, exitCode: number, error: string) {
  const build = buildOf(state, container)
  return build ? command({ type: 'BuildRan', id: build.id, exitCode, error } as const) : []
}
