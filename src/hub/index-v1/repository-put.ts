import type { Env } from '../../core/env.ts'
import { issue } from '../auth/index-token.ts'
import type { HubEvent } from '../events.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import { newRepository, repositoryKey } from '../repositories/repository.ts'
import type { HubState } from '../state.ts'
import type { HubVerb } from '../verb.ts'
import type { IndexCommands } from './commands.ts'
import { lookupListing } from './find.ts'
import { type Listing, merge } from './listing.ts'

const whose = (by: string | undefined) => (by === undefined ? {} : { by })

type Asked = IndexCommands['IndexRepositoryPut']

/** On the Hub the name makes the repository, public and empty as yet; in a registry of one's own the first tag does. */
function allocated({ repositories }: HubState, { registry, name, by }: Asked, { now }: Env): HubEvent[] {
  if (registry !== REGISTRY_HOST || repositories.has(repositoryKey(registry, name))) return []
  const repository = newRepository({ registry, name }, now)
  return [{ type: 'repository.set', repository, ...whose(by) }]
}

/** `PUT /v1/repositories/<name>/`: the name is taken, and the images are told that will come. */
export const putRepository: HubVerb<Asked> = (state, command, env) => {
  const { registry, name, images, token, by } = command
  const before = lookupListing(state, command)
  const kept = before && before.state !== 'deleted' ? before.images : []
  const listing: Listing = { registry, name, state: 'initialized', images: merge(kept, images), ...whose(by) }
  return [
    ...allocated(state, command, env),
    { type: 'listing.set', listing },
    ...(token ? issue(state, name, 'write', env) : []),
  ]
}
