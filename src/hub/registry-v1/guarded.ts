import type { Input } from '../../http/input.ts'
import type { Answer } from '../../http/reply.ts'
import type { Context } from '../../http/route.ts'
import type { HubCommand } from '../commands.ts'
import type { HubEvent } from '../events.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { refuse } from './answer.ts'
import { type Allowed, authorize } from './authorize.ts'

export interface Guarded extends Pick<HubRoute, 'method' | 'path' | 'operationId'> {
  /** Default: `authorize`. */
  readonly ask?: typeof authorize
  readonly command?: (input: Input, allowed: Allowed, state: HubState) => HubCommand
  readonly reply: (context: Context<HubState, HubEvent>, allowed: Allowed) => Answer
  /** What caches keep comes without a cookie. */
  readonly kept?: boolean
}

const allowedIn = ({ asked }: Input) => asked as Allowed

/** An endpoint that a token opens, where one is needed. */
export function guarded({ method, path, operationId, ask = authorize, command, reply, kept }: Guarded): HubRoute {
  return {
    method,
    path,
    operationId,
    ask,
    ...(command ? { command: (input: Input, state: HubState) => command(input, allowedIn(input), state) } : {}),
    reply: (context) => {
      const { cookie } = allowedIn(context.input)
      const answer = reply(context, allowedIn(context.input))
      if (kept || cookie === undefined) return answer
      return { ...answer, headers: [...(answer.headers ?? []), ['Set-Cookie', cookie]] }
    },
    refuse,
  }
}

/** HEAD is a GET of which only the head is sent. */
export const withHead = (routes: readonly HubRoute[]): readonly HubRoute[] =>
  routes.flatMap((route) => (route.method === 'GET' ? [route, headOf(route)] : [route]))

const headOf = (route: HubRoute): HubRoute => ({
  ...route,
  method: 'HEAD',
  reply: (context) => {
    const { status, headers = [], bytes = [] } = route.reply(context) as Answer
    const length = bytes.reduce((sum, part) => sum + part.length, 0)
    const told = headers.some(([name]) => name === 'Content-Length')
    return { status, headers: told ? headers : [...headers, ['Content-Length', String(length)]] }
  },
})
