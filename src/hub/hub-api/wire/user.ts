import { rfc3339Nano } from '../../../core/rfc3339.ts'
import { type Account, primaryEmail } from '../../accounts/account.ts'
import type { Organisation } from '../../organisations/organisation.ts'
import type { HubState } from '../../state.ts'
import { trimmed, uuidFor } from '../number.ts'

const blank = { location: '', company: '', profile_url: '', gravatar_url: '', gravatar_email: '' }

/** components/schemas/user */
export function userWire({ rules }: HubState, { name, joined }: Account) {
  const uuid = uuidFor(rules.secret, 'account', name)
  return {
    id: trimmed(uuid),
    uuid,
    username: name,
    full_name: '',
    ...blank,
    date_joined: rfc3339Nano(joined),
    type: 'User',
  }
}

/** What one is told of oneself. */
export const selfWire = (state: HubState, account: Account) => ({
  ...userWire(state, account),
  email: primaryEmail(account),
  is_active: account.active,
  is_admin: account.admin,
})

export const organisationWire = ({ name, fullName, uuid, created }: Organisation) => ({
  id: trimmed(uuid),
  uuid,
  orgname: name,
  full_name: fullName,
  ...blank,
  date_joined: rfc3339Nano(created),
  type: 'Organization',
})
