import { namespaceOf } from '../../repositories/repository.ts'
import type { HubVerb } from '../../verb.ts'
import { notFound } from '../errors.ts'
import type { HubRepositoryCommands } from './commands.ts'
import { findRepository } from './find.ts'

type Commands = HubRepositoryCommands

/** A team of the repository's own organisation may do this here; what it might before is forgotten. */
export const assign: HubVerb<Commands['CreateRepositoryGroup']> = (state, { name, groupId, permission }) => {
  const known = findRepository(state, name)
  const group = state.organisations.get(namespaceOf(name))?.groups.find(({ id }) => id === groupId)
  if (!group) throw notFound()
  const others = (known.groups ?? []).filter(({ id }) => id !== groupId)
  return [{ type: 'repository.set', repository: { ...known, groups: [...others, { id: groupId, permission }] } }]
}

export const unassign: HubVerb<Commands['DeleteRepositoryGroup']> = (state, { name, groupId }) => {
  const known = findRepository(state, name)
  const groups = (known.groups ?? []).filter(({ id }) => id !== groupId)
  if (groups.length === known.groups?.length || !known.groups) throw notFound()
  return [{ type: 'repository.set', repository: { ...known, groups } }]
}
