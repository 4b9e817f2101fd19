import type { Input } from '../../http/input.ts'
import { json, noContent } from '../../http/reply.ts'
import { TOKEN_SCOPES, type TokenScope } from '../access-tokens/access-token.ts'
import { findToken } from '../access-tokens/find.ts'
import type { HubCommand } from '../commands.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { holderOf } from './caller.ts'
import { refuse } from './errors.ts'
import { formOf } from './form.ts'
import { pageOf } from './page.ts'
import { accessTokenWire } from './wire/access-token.ts'

const ALL = '/v2/access-tokens'
const ONE = `${ALL}/:uuid`
const LONGEST_LABEL = 100

const ownTokens = ({ accessTokens }: HubState, owner: string) =>
  accessTokens
    .values()
    .filter((token) => token.owner === owner)
    .sort((a, b) => b.created - a.created || (a.uuid < b.uuid ? -1 : 1))

function create(input: Input, state: HubState): HubCommand {
  const owner = holderOf(state, input)
  const form = formOf(input)
  const label = form.required('token_label', LONGEST_LABEL)
  const scopes = form.list('scopes')
  const expires = form.time('expires_at')
  form.need(scopes !== undefined && scopes.length > 0, 'scopes')
  form.need(scopes?.every(isScope) ?? true, 'scopes', `must be of: ${TOKEN_SCOPES.join(', ')}`)
  form.need(expires === undefined || expires > state.now, 'expires_at', 'must be in the future')
  form.check()
  const creatorAgent = input.request.headers['user-agent'] ?? ''
  return { type: 'AccessTokenCreate', owner, label, scopes: scopes as readonly TokenScope[], expires, creatorAgent }
}

const isScope = (text: string): text is TokenScope => (TOKEN_SCOPES as readonly string[]).includes(text)

function update(input: Input, state: HubState): HubCommand {
  const owner = holderOf(state, input)
  const form = formOf(input)
  const label = form.text('token_label', LONGEST_LABEL)
  const active = form.flag('is_active')
  form.need(label !== '', 'token_label', 'must be at least 1 characters')
  form.check()
  return { type: 'AccessTokenUpdate', owner, uuid: input.params.uuid!, label, active }
}

/** https://docs.docker.com/reference/api/hub/latest/#tag/access-tokens */
export const accessTokenRoutes: readonly HubRoute[] = [
  {
    method: 'POST',
    path: ALL,
    operationId: 'AccessTokenCreate',
    command: create,
    reply: ({ events }) => {
      const { token, secret } = events.find((event) => event.type === 'access-token.set')!
      return json(accessTokenWire(token, secret), 201)
    },
    refuse,
  },
  {
    method: 'GET',
    path: ALL,
    operationId: 'AccessTokenList',
    reply: ({ state, input }) => {
      const all = ownTokens(state, holderOf(state, input))
      const { count, next, previous, results } = pageOf(all, input, (token) => accessTokenWire(token))
      return json({ count, next, previous, active_count: all.filter(({ active }) => active).length, results })
    },
    refuse,
  },
  {
    method: 'GET',
    path: ONE,
    operationId: 'AccessTokenGet',
    reply: ({ state, input }) => json(accessTokenWire(findToken(state, holderOf(state, input), input.params.uuid!))),
    refuse,
  },
  {
    method: 'PATCH',
    path: ONE,
    operationId: 'AccessTokenUpdate',
    command: update,
    reply: ({ state, input }) => json(accessTokenWire(state.accessTokens.get(input.params.uuid!)!)),
    refuse,
  },
  {
    method: 'DELETE',
    path: ONE,
    operationId: 'AccessTokenDelete',
    command: (input, state) => ({
      type: 'AccessTokenDelete',
      owner: holderOf(state, input),
      uuid: input.params.uuid!,
    }),
    reply: () => noContent,
    refuse,
  },
]
