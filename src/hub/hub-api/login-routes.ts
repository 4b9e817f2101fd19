import type { Duration } from '../../core/instant.ts'
import type { Problem } from '../../core/problem.ts'
import type { Input } from '../../http/input.ts'
import { type Answer, json } from '../../http/reply.ts'
import { identityByToken } from '../access-tokens/identity.ts'
import type { HubEvent } from '../events.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { HubProblem, incorrectCredentials, refuse, refuseDetail } from './errors.ts'
import { formOf } from './form.ts'
import { LONG, SHORT, sessionToken } from './session.ts'

/** A body that cannot be read is told of as everywhere, wrong credentials in the older way. */
const refuseLogin = (problem: Problem): Answer =>
  problem instanceof HubProblem ? refuse(problem) : refuseDetail(problem)

function credentials(input: Input, name: string, password: string) {
  const form = formOf(input)
  const given = { username: form.required(name), password: form.required(password) }
  form.check()
  return given
}

function jwtOf(state: HubState, events: readonly HubEvent[], life: Duration): string {
  const { id, account, pat } = events.find((event) => event.type === 'session.start')!
  const who = pat === undefined ? { account: state.accounts.get(account)! } : identityByToken(state, pat)!
  return sessionToken(state, who, id, life)
}

/** https://docs.docker.com/reference/api/hub/latest/#tag/authentication-api */
export const loginRoutes: readonly HubRoute[] = [
  {
    method: 'POST',
    path: '/v2/users/login',
    operationId: 'PostUsersLogin',
    command: (input) => ({ type: 'SessionStart', ...credentials(input, 'username', 'password') }),
    reply: ({ state, events }) => json({ token: jwtOf(state, events, LONG) }),
    refuse: refuseLogin,
  },
  {
    // No account of this world has a second factor, so that nobody was ever asked for one.
    method: 'POST',
    path: '/v2/users/2fa-login',
    operationId: 'PostUsers2FALogin',
    reply: ({ input }) => {
      credentials(input, 'login_2fa_token', 'code')
      throw incorrectCredentials()
    },
    refuse: refuseLogin,
  },
  {
    method: 'POST',
    path: '/v2/auth/token',
    operationId: 'AuthCreateAccessToken',
    command: (input) => ({ type: 'SessionStart', ...credentials(input, 'identifier', 'secret') }),
    reply: ({ state, events }) => json({ access_token: jwtOf(state, events, SHORT) }),
    refuse: (problem) =>
      refuse(problem instanceof HubProblem ? problem : new HubProblem('Unauthorized', 'unauthorized')),
  },
]
