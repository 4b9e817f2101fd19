import type { EngineVerb } from '../verb.ts'
import type { ByRef } from './commands.ts'
import { emptyName, sameName, wrapping } from './errors.ts'
import { find } from './find.ts'
import { reserveName } from './name.ts'

/** moby: daemon/rename.go */
export const rename: EngineVerb<ByRef & { readonly name: string }> = (state, { id: ref, name }) => {
  if (name === '') throw emptyName
  const { id, name: oldName } = find(state, ref)
  const asked = name.startsWith('/') ? name : `/${name}`
  if (asked === `/${oldName}`) throw sameName
  const reserved = wrapping('Error when allocating new name', () => reserveName(state.containers, asked))
  return [{ type: 'container.rename', id, name: reserved, oldName }]
}
