import type { EngineVerb } from '../verb.ts'
import { cutLines } from './partial-line.ts'
import type { ContainerStreamCommands } from './stream-commands.ts'

/** From the shell: the main process wrote. Whatever is attached gets the bytes, the log gets lines. */
export const output: EngineVerb<ContainerStreamCommands['ContainerOutput']> = (
  state,
  { id, stream, bytes },
  { now },
) => {
  const container = state.containers.byId.get(id)
  if (!container) return []
  const from = container.config.tty ? 1 : stream
  if (container.hostConfig.logConfig.type === 'none')
    return [{ type: 'container.output', id, stream: from, bytes, entries: [], rest: undefined }]
  const { entries, rest } = cutLines(state.containers.partials.get(id)?.[from], bytes, from, now)
  return [{ type: 'container.output', id, stream: from, bytes, entries, rest }]
}
