import { uuidOf } from '../access-tokens/uuid.ts'
import { alreadyThere } from '../hub-api/errors.ts'
import type { HubVerb } from '../verb.ts'
import { set } from './change.ts'
import type { OrganisationCommands } from './commands.ts'
import { findOrganisation } from './find.ts'
import { NO_RESTRICTIONS } from './organisation.ts'

/** Organisations and accounts share the names. Whoever makes one is its first owner. */
export const create: HubVerb<OrganisationCommands['OrganisationCreate']> = (state, { name, fullName, by }, env) => {
  if (state.organisations.has(name) || state.accounts.has(name)) throw alreadyThere('organization')
  return set({
    name,
    fullName,
    uuid: uuidOf(env.id()),
    created: env.now,
    members: [{ name: by, role: 'owner', joined: env.now }],
    groups: [],
    invites: [],
    restrictedImages: NO_RESTRICTIONS,
  })
}

export const settings: HubVerb<OrganisationCommands['OrganisationSettings']> = (state, { name, restrictedImages }) =>
  set({ ...findOrganisation(state, name), restrictedImages })
