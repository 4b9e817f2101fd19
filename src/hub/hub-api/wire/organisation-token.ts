import { rfc3339Nano } from '../../../core/rfc3339.ts'
import type { OrganisationToken } from '../../organisation-tokens/organisation-token.ts'

const timeOf = (at: number | undefined): string | null => (at === undefined ? null : rfc3339Nano(at))

/** components/schemas/orgAccessToken */
export const organisationTokenWire = (token: OrganisationToken) => ({
  id: token.id,
  label: token.label,
  created_by: token.createdBy,
  is_active: token.active,
  created_at: rfc3339Nano(token.created),
  expires_at: timeOf(token.expires),
  last_used_at: timeOf(token.used),
})

/** components/schemas/getOrgAccessTokenResponse */
export const organisationTokenDetails = (token: OrganisationToken) => ({
  ...organisationTokenWire(token),
  resources: token.resources,
})
