import type { Instant } from '../../core/instant.ts'
import type { HubEvolution } from '../verb.ts'
import type { OrganisationTokenEvents } from './events.ts'
import type { OrganisationTokens } from './organisation-token.ts'

export const organisationTokensEvolution: HubEvolution<OrganisationTokens, OrganisationTokenEvents> = {
  'organisation-token.set': (slice, { token }) => slice.set(token.id, token),
  'organisation-token.delete': (slice, { id }) => slice.delete(id),
  'organisation-token.use': (slice, { id, at }) => use(slice, id, at),
  'session.start': (slice, { pat, at }) => (pat === undefined ? slice : use(slice, pat, at)),
}

function use(slice: OrganisationTokens, id: string, at: Instant): OrganisationTokens {
  const token = slice.get(id)
  return token ? slice.set(id, { ...token, used: at }) : slice
}
