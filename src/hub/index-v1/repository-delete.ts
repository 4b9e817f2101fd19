import { issue } from '../auth/index-token.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import { repositoryKey } from '../repositories/repository.ts'
import type { HubVerb } from '../verb.ts'
import type { IndexCommands } from './commands.ts'
import { noSuchRepository } from './errors.ts'
import { known, lookupListing, onHub } from './find.ts'

/** `DELETE /v1/repositories/<name>/`, twice: before the registry is told, with a token for it, and after. */
export const deleteRepository: HubVerb<IndexCommands['IndexRepositoryDelete']> = (state, { name, token, by }, env) => {
  if (!known(state, name)) throw noSuchRepository()
  const before = lookupListing(state, onHub(name)) ?? { ...onHub(name), images: [], state: 'active' as const }
  if (before.state !== 'deleted' || token) {
    const listing = { ...before, state: 'deleted' as const }
    return [{ type: 'listing.set', listing }, ...(token ? issue(state, name, 'delete', env) : [])]
  }
  const there = state.repositories.has(repositoryKey(REGISTRY_HOST, name))
  return [
    ...(there ? [{ type: 'repository.delete' as const, ...onHub(name), ...(by === undefined ? {} : { by }) }] : []),
    { type: 'listing.remove', ...onHub(name) },
  ]
}
