import type { HubEvent } from '../../events.ts'
import { REGISTRY_HOST } from '../../hosts.ts'
import { newRepository, type Repository, repositoryKey } from '../../repositories/repository.ts'
import type { HubVerb } from '../../verb.ts'
import { alreadyThere } from '../errors.ts'
import type { HubRepositoryCommands } from './commands.ts'
import { findRepository } from './find.ts'

type Commands = HubRepositoryCommands

const set = (repository: Repository): HubEvent[] => [{ type: 'repository.set', repository }]

export const create: HubVerb<Commands['CreateRepository']> = ({ repositories }, command, env) => {
  const { name, description, fullDescription, visibility } = command
  if (repositories.has(repositoryKey(REGISTRY_HOST, name))) throw alreadyThere('repository')
  const more = {
    description,
    visibility,
    modified: env.now,
    ...(fullDescription === undefined ? {} : { fullDescription }),
  }
  return set(newRepository({ registry: REGISTRY_HOST, name }, env.now, more))
}

export const update: HubVerb<Commands['UpdateRepository']> = (state, { name, ...asked }, env) => {
  const known = findRepository(state, name)
  const {
    description = known.description,
    visibility = known.visibility,
    fullDescription = known.fullDescription,
  } = asked
  return set({
    ...known,
    description,
    visibility,
    ...(fullDescription === undefined ? {} : { fullDescription }),
    modified: env.now,
  })
}

export const remove: HubVerb<Commands['DeleteRepository']> = (state, { name }) => {
  const { registry } = findRepository(state, name)
  return [{ type: 'repository.delete', registry, name }]
}

export const star: HubVerb<Commands['StarRepository']> = (state, { name, account, starred }) => {
  const known = findRepository(state, name)
  const { starredBy = [], stars } = known
  if (starredBy.includes(account) === starred) return []
  return set({
    ...known,
    stars: stars + (starred ? 1 : -1),
    starredBy: starred ? [...starredBy, account] : starredBy.filter((one) => one !== account),
  })
}

export const categorize: HubVerb<Commands['UpdateRepositoryCategories']> = (state, { name, categories }, env) =>
  set({ ...findRepository(state, name), categories, modified: env.now })

export const immutableTags: HubVerb<Commands['UpdateRepositoryImmutableTags']> = (state, command, env) => {
  const { name, enabled, rules } = command
  return set({ ...findRepository(state, name), immutableTags: { enabled, rules }, modified: env.now })
}
