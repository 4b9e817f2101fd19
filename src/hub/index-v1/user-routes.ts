import type { Input } from '../../http/input.ts'
import { noSuchUser, notYours, usernameTaken } from '../accounts/errors.ts'
import type { HubCommand } from '../commands.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { indexEmpty, indexJson, refuse } from './answer.ts'
import { bodyFields, optionalText, text } from './body.ts'
import { callerOf } from './caller.ts'

/** A name that is taken is said before anything else: docker then logs in, whatever else it sent. */
function registration({ request }: Input, { accounts }: HubState): HubCommand {
  const fields = bodyFields(request.body)
  const name = text(fields, 'username')
  if (accounts.has(name)) throw usernameTaken()
  const [password, email] = [text(fields, 'password'), text(fields, 'email')]
  return { type: 'AccountRegister', name, password, email }
}

function change(input: Input, state: HubState): HubCommand {
  const caller = callerOf(state, input)
  const name = input.params.name!
  if (!state.accounts.has(name)) throw noSuchUser()
  if (caller.account.name !== name || caller.token) throw notYours()
  const fields = bodyFields(input.request.body)
  return {
    type: 'AccountUpdate',
    name,
    password: optionalText(fields, 'password'),
    email: optionalText(fields, 'email'),
  }
}

const register = (path: string): HubRoute => ({
  method: 'POST',
  path,
  operationId: 'UserCreate',
  command: registration,
  reply: () => indexJson('User Created', 201),
  refuse,
})

const login = (path: string): HubRoute => ({
  method: 'GET',
  path,
  operationId: 'UserLogin',
  reply: ({ state, input }) => {
    callerOf(state, input)
    return indexJson('OK')
  },
  refuse,
})

const update = (path: string): HubRoute => ({
  method: 'PUT',
  path,
  operationId: 'UserUpdate',
  command: change,
  reply: () => indexEmpty(),
  refuse,
})

/** Accounts, as docker of 2013 to 2016 spoke of them. */
export const userRoutes: readonly HubRoute[] = [
  register('/v1/users/'),
  register('/v1/users'),
  login('/v1/users/'),
  login('/v1/users'),
  update('/v1/users/:name/'),
  update('/v1/users/:name'),
]
