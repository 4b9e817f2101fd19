import { expire, issue } from '../auth/index-token.ts'
import type { HubVerbs } from '../verb.ts'
import type { IndexCommands } from './commands.ts'
import { noSuchRepository } from './errors.ts'
import { lookupListing } from './find.ts'
import { deleteRepository } from './repository-delete.ts'
import { putRepository } from './repository-put.ts'

/** The Index's verbs by command name. */
export const indexVerbs: HubVerbs<IndexCommands> = {
  IndexRepositoryPut: putRepository,
  IndexImagesPut: (state, { registry, name, images }) => {
    const listing = lookupListing(state, { registry, name })
    if (!listing || listing.state === 'deleted') throw noSuchRepository()
    return [{ type: 'listing.add', registry, name, images }]
  },
  IndexRepositoryDelete: deleteRepository,
  IndexTokenIssue: (state, { name }, env) => issue(state, name, 'read', env),
  IndexTokenSpend: (_, { signature }) => [{ type: 'token.spend', signature }],
  IndexTokenExpire: (_, { signature }) => expire(signature),
}
