import { type Instant, MINUTE, SECOND } from '../../core/instant.ts'
import type { Input } from '../../http/input.ts'
import type { Answer, HeaderPairs } from '../../http/reply.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { anyCallerIfAny } from './caller.ts'
import { rateLimitExceeded } from './errors.ts'
import type { CallWindow } from './tags/activity.ts'

/** The minute that a caller is in, as it is before a request. */
function windowOf({ activity }: HubState, caller: string, now: Instant): CallWindow {
  const known = activity.calls.get(caller)
  return known && now < known.began + MINUTE ? known : { began: now, calls: 0 }
}

/** … and after it. */
export function nextWindow(state: HubState, caller: string, now: Instant): CallWindow {
  const { began, calls } = windowOf(state, caller, now)
  return { began, calls: calls + 1 }
}

/** Whoever shows nothing good is counted among those without an account. */
function callerName(state: HubState, input: Input): string {
  try {
    return anyCallerIfAny(state, input)?.account.name ?? ''
  } catch {
    return ''
  }
}

const resetOf = ({ began }: CallWindow) => String(Math.ceil((began + MINUTE) / SECOND))

function headersOf(state: HubState, caller: string, limit: number): HeaderPairs {
  const window = windowOf(state, caller, state.now)
  return [
    ['X-RateLimit-Limit', String(limit)],
    ['X-RateLimit-Reset', resetOf(window)],
    ['X-RateLimit-Remaining', String(Math.max(0, limit - window.calls))],
  ]
}

function check(state: HubState, caller: string, limit: number): void {
  const window = windowOf(state, caller, state.now)
  if (window.calls < limit) return
  throw rateLimitExceeded([...headersOf(state, caller, limit), ['X-Retry-After', resetOf(window)]])
}

/**
 * The row as a request of somebody's, with the Hub API's own limit in front of it where the world has one. https://docs.docker.com/reference/api/hub/latest/#tag/rate-limiting
 * What is refused before anything is asked of the state (a wrong body, no session) does not count.
 */
export const counted = (row: HubRoute): HubRoute => ({
  ...row,
  command: (input, state) => {
    const limit = state.rules.apiRateLimit
    const caller = callerName(state, input)
    if (limit === undefined) {
      const command = row.command?.(input, state)
      return command && { type: 'HubApiCall', caller, command, counted: false }
    }
    check(state, caller, limit)
    return { type: 'HubApiCall', caller, command: row.command?.(input, state), counted: true }
  },
  reply: (context) => {
    const { state, input } = context
    const limit = state.rules.apiRateLimit
    const answer = row.reply(context) as Answer
    if (limit === undefined) return answer
    return { ...answer, headers: [...(answer.headers ?? []), ...headersOf(state, callerName(state, input), limit)] }
  },
})
