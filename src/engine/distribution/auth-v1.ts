import { Problem } from '../../core/problem.ts'
import { utf8 } from '../../http/json-lines.ts'
import type { Answer } from '../../http/reply.ts'
import type { Topics } from './commands.ts'
import { bytesOf } from './errors.ts'
import { domainOfAddress } from './server-address.ts'
import { SessionV1 } from './session-v1.ts'
import type { Outcome, Talk } from './talk.ts'

/** The bytes that say that one may log in instead. */
const TAKEN = '"Username or email already exists"'

const text = (answer: Answer) => new TextDecoder().decode(bytesOf(answer))
const told = (Status: string): Outcome => ({ json: { Status } })

/** `POST /auth` up to docker 1.10: whoever is not known is registered. docker: registry/auth.go Login */
export function* authV1({ serverAddress, credentials, email = '' }: Topics['SystemAuth']): Talk<Outcome> {
  const session = new SessionV1(domainOfAddress(serverAddress), credentials)
  const { username, password } = credentials
  const answer = yield* session.register(utf8(JSON.stringify({ username, password, auth: '', email })))
  if (answer.status === 201)
    return told('Account created. Please use the confirmation link we sent to your e-mail to activate it.')
  if (answer.status === 401 || (answer.status === 400 && text(answer) === TAKEN)) return yield* login(session)
  if (answer.status === 400) throw new Problem('System', `Registration: ${text(answer)}`)
  throw new Problem('System', `Unexpected status code [${answer.status}] : ${text(answer)}`)
}

function* login(session: SessionV1): Talk<Outcome> {
  const answer = yield* session.ask({ method: 'GET', path: 'users/' })
  if (answer.status === 200) return told('Login Succeeded')
  if (answer.status === 401) throw new Problem('Unauthorized', 'Wrong login/password, please try again')
  if (answer.status === 403)
    throw new Problem('System', 'Login: Account is not Active. Please check your e-mail for a confirmation link.')
  throw new Problem('System', `Login: ${text(answer)} (Code: ${answer.status})`)
}
