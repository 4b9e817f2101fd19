import { secretOf } from '../access-tokens/secret.ts'
import { uuidOf } from '../access-tokens/uuid.ts'
import { hashPassword } from '../accounts/account.ts'
import type { HubVerb } from '../verb.ts'
import type { OrganisationTokenCommands } from './commands.ts'

export const createOrganisationToken: HubVerb<OrganisationTokenCommands['OrganisationTokenCreate']> = (
  _,
  { organisation, by, label, description, resources, expires },
  env,
) => {
  const secret = secretOf(env.id(), 'dckr_oat_')
  const token = {
    id: uuidOf(env.id()),
    organisation,
    label,
    description,
    resources,
    active: true,
    secretHash: hashPassword(organisation, secret),
    createdBy: by,
    created: env.now,
    used: undefined,
    expires,
  }
  return [{ type: 'organisation-token.set', token, secret }]
}
