import { json } from '../../http/reply.ts'
import { roleOf } from '../organisations/organisation.ts'
import type { HubRoute } from '../verb.ts'
import { callerOf } from './caller.ts'
import { noUser, refuse } from './errors.ts'
import { pageOf } from './page.ts'
import { organisationWire, selfWire, userWire } from './wire/user.ts'

/** Who is who. An organisation is found among the users too. */
export const userRoutes: readonly HubRoute[] = [
  {
    method: 'GET',
    path: '/v2/user',
    operationId: 'UserSelf',
    reply: ({ state, input }) => json(selfWire(state, callerOf(state, input).account)),
    refuse,
  },
  {
    method: 'GET',
    path: '/v2/user/orgs',
    operationId: 'UserOrganisations',
    reply: ({ state, input }) => {
      const { name } = callerOf(state, input).account
      const mine = state.organisations.values().filter((one) => roleOf(one, name))
      return json(pageOf(mine, input, organisationWire))
    },
    refuse,
  },
  {
    method: 'GET',
    path: '/v2/users/:name',
    operationId: 'UserGet',
    reply: ({ state, input }) => {
      const account = state.accounts.get(input.params.name!)
      if (account) return json(userWire(state, account))
      const organisation = state.organisations.get(input.params.name!)
      if (!organisation) throw noUser()
      const { orgname, ...wire } = organisationWire(organisation)
      return json({ ...wire, username: orgname })
    },
    refuse,
  },
]
