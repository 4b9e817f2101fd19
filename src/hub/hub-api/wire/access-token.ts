import type { AccessToken } from '../../access-tokens/access-token.ts'
import { timestamp, timestampOrNull } from '../time.ts'

/** components/schemas/accessToken; the secret is shown once, later it is empty. */
export const accessTokenWire = (token: AccessToken, secret = '') => ({
  uuid: token.uuid,
  client_id: 'HUB',
  creator_ip: token.creatorIp,
  creator_ua: token.creatorAgent,
  created_at: timestamp(token.created),
  last_used: timestampOrNull(token.used),
  generated_by: 'manual',
  is_active: token.active,
  token: secret,
  token_label: token.label,
  scopes: token.scopes,
  expires_at: timestampOrNull(token.expires),
})
