import { Sequence } from '../../core/sequence.ts'
import type { EngineVerb } from '../verb.ts'
import type { ContainerStreamCommands } from './stream-commands.ts'

/** What was typed before the process was up: a client attaches, and types, before it starts the container. */
export type EarlyInput = Sequence<Uint8Array | undefined>

export const noInput: EarlyInput = Sequence.empty

/** A client typed, or will type no more. */
export const input: EngineVerb<ContainerStreamCommands['ContainerInput']> = (state, { id, bytes }) => {
  const container = state.containers.byId.get(id)
  return container?.config.openStdin ? [{ type: 'container.input', id, bytes }] : []
}

/** The process is up: hands over what was typed before. */
export const flushInput: EngineVerb<ContainerStreamCommands['ContainerInputFlush']> = (state, { id }) => {
  const early = state.containers.inputs.get(id)
  if (!early) return []
  return [
    { type: 'container.input_flush', id },
    ...[...early].map((bytes) => ({ type: 'container.input' as const, id, bytes })),
  ]
}
