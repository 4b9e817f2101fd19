import { issue } from '../auth/index-token.ts'
import type { HubVerb } from '../verb.ts'
import type { IndexCommands } from './commands.ts'
import { lookupListing } from './find.ts'
import { type Listing, merge } from './listing.ts'

/** `PUT /v1/repositories/<name>/`: the name is taken, and the images are told that will come. */
export const putRepository: HubVerb<IndexCommands['IndexRepositoryPut']> = (state, command, env) => {
  const { registry, name, images, token } = command
  const before = lookupListing(state, command)
  const kept = before && before.state !== 'deleted' ? before.images : []
  const listing: Listing = { registry, name, state: 'initialized', images: merge(kept, images) }
  return [{ type: 'listing.set', listing }, ...(token ? issue(state, name, 'write', env) : [])]
}
