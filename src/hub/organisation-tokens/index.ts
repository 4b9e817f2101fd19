import type { HubVerbs } from '../verb.ts'
import type { OrganisationTokenCommands } from './commands.ts'
import { createOrganisationToken } from './create.ts'
import { findOrganisationToken } from './find.ts'

/** The verbs of organisation access tokens by command name. */
export const organisationTokenVerbs: HubVerbs<OrganisationTokenCommands> = {
  OrganisationTokenCreate: createOrganisationToken,
  OrganisationTokenUpdate: (state, { organisation, id, ...asked }) => {
    const known = findOrganisationToken(state, organisation, id)
    const { label = known.label, description = known.description } = asked
    const { resources = known.resources, active = known.active } = asked
    return [{ type: 'organisation-token.set', token: { ...known, label, description, resources, active } }]
  },
  OrganisationTokenDelete: (state, { organisation, id }) => [
    { type: 'organisation-token.delete', id: findOrganisationToken(state, organisation, id).id },
  ],
  OrganisationTokenUse: (_, { id }) => [{ type: 'organisation-token.use', id }],
}
