import { notFound } from '../hub-api/errors.ts'
import type { HubState } from '../state.ts'
import type { OrganisationToken } from './organisation-token.ts'

/** Those of other organisations are hidden. */
export function findOrganisationToken({ organisationTokens }: HubState, of: string, id: string): OrganisationToken {
  const token = organisationTokens.get(id)
  if (token?.organisation !== of) throw notFound()
  return token
}
