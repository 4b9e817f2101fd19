import type { Topics } from './commands.ts'
import { domainOfAddress } from './server-address.ts'
import { need, Session } from './session.ts'
import type { Outcome, Talk, Telling } from './talk.ts'

/** `POST /auth`: are these credentials good? moby: registry/auth.go loginV2 */
export function* auth({ serverAddress, credentials }: Topics['SystemAuth'], telling: Telling): Talk<Outcome> {
  const session = new Session(domainOfAddress(serverAddress), credentials, telling)
  const first = yield* session.ping()
  if (first.status === 401) need(yield* session.ask({ method: 'GET', path: '/v2/', scopes: [] }))
  return { json: { IdentityToken: '', Status: 'Login Succeeded' } }
}
