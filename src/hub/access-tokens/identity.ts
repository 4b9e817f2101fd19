import type { Basic } from '../../http/credentials.ts'
import { type Account, hashPassword } from '../accounts/account.ts'
import { authenticate } from '../accounts/authenticate.ts'
import type { OrganisationToken } from '../organisation-tokens/organisation-token.ts'
import type { HubState } from '../state.ts'
import { type AccessToken, holds } from './access-token.ts'

/** Somebody who has shown who they are. */
export interface Identity {
  readonly account: Account
  /** What stood in the password's place, if it was not the password. */
  readonly token?: AccessToken | undefined
  /** An organisation's own access token: `account` then only has the organisation's name. */
  readonly organisationToken?: OrganisationToken | undefined
}

/** Whose credentials these are: the password is the account's, or a personal access token. */
export function identityOf(state: HubState, basic: Basic): Identity | undefined {
  const account = authenticate(state.accounts, basic)
  return account ? { account } : (byToken(state, basic) ?? byOrganisationToken(state, basic))
}

function byToken({ accounts, accessTokens, now }: HubState, { username, password }: Basic): Identity | undefined {
  const account = accounts.get(username)
  if (!account?.active) return undefined
  const hash = hashPassword(username, password)
  const token = accessTokens
    .values()
    .find((one) => one.owner === username && one.secretHash === hash && holds(one, now))
  return token && { account, token }
}

function byOrganisationToken(
  { organisationTokens, now }: HubState,
  { username, password }: Basic,
): Identity | undefined {
  const hash = hashPassword(username, password)
  const token = organisationTokens
    .values()
    .find((one) => one.organisation === username && one.secretHash === hash && holds(one, now))
  return token && identityOfOrganisation(token)
}

/** An organisation has no password and no address: there is no other way to come in by its name. */
export const identityOfOrganisation = (organisationToken: OrganisationToken): Identity => ({
  account: {
    name: organisationToken.organisation,
    emails: [],
    passwordHash: '',
    active: true,
    admin: false,
    joined: organisationToken.created,
  },
  organisationToken,
})

/** Whose access token this is, a person's or an organisation's, while it holds. */
export function identityByToken(state: HubState, id: string): Identity | undefined {
  const { accessTokens, organisationTokens, accounts, now } = state
  const own = organisationTokens.get(id)
  if (own) return holds(own, now) ? identityOfOrganisation(own) : undefined
  const token = accessTokens.get(id)
  const account = token && holds(token, now) ? accounts.get(token.owner) : undefined
  return account?.active ? { account, token } : undefined
}
