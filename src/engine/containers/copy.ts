import { Problem } from '../../core/problem.ts'
import type { EngineVerb } from '../verb.ts'
import { stat } from './archive.ts'
import type { ContainerFileCommands } from './file-commands.ts'
import { find } from './find.ts'

/** `POST …/copy` of old clients: one way only, and every refusal of a path is the server's fault. */
export const copy: EngineVerb<ContainerFileCommands['ContainerCopy']> = (state, { id: ref, path }) => {
  const { id } = find(state, ref)
  if (path === '') throw new Problem('System', 'Path cannot be empty')
  try {
    stat(state, ref, path)
  } catch (problem) {
    throw problem instanceof Problem ? new Problem('System', problem.message) : problem
  }
  return [{ type: 'container.copy', id }]
}
