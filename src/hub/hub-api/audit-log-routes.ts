import type { Kind, Problem } from '../../core/problem.ts'
import { parseRfc3339, rfc3339Nano } from '../../core/rfc3339.ts'
import type { Input } from '../../http/input.ts'
import { type Answer, json } from '../../http/reply.ts'
import { statusOf } from '../../http/status.ts'
import { actionsWire } from '../audit-logs/actions.ts'
import type { AuditLog } from '../audit-logs/audit-log.ts'
import { described } from '../audit-logs/words.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { anyCallerOf } from './caller.ts'
import { forbidden, invalidQuery, notFound, refuse } from './errors.ts'
import { ownedFor } from './organisations/access.ts'
import { windowOf } from './page.ts'

/** google.rpc.Code: how this part of the API numbers its refusals. */
const CODES: Readonly<Partial<Record<Kind, number>>> = {
  InvalidParameter: 3,
  NotFound: 5,
  Forbidden: 7,
  Unauthorized: 16,
}

/** components/schemas/rpcStatus */
function refuseRpc(problem: Problem): Answer {
  const code = CODES[problem.kind]
  if (code === undefined) return refuse(problem)
  return json({ code, message: problem.message, details: [] }, statusOf[problem.kind])
}

/** The namespace of the path, for its owner. Whether it is an organisation. */
function enter(state: HubState, input: Input): boolean {
  const account = input.params.account!
  if (state.organisations.has(account)) {
    ownedFor(state, input, account)
    return true
  }
  const who = anyCallerOf(state, input)
  if (!state.accounts.has(account)) throw notFound()
  if (who.account.name !== account) throw forbidden()
  return false
}

function timeOf({ query }: Input, name: string): number | undefined {
  const text = query.get(name)
  if (!text) return undefined
  const at = parseRfc3339(text)
  if (at === undefined) throw invalidQuery({ [name]: 'must be a date and time of RFC 3339' })
  return at
}

const wire = (log: AuditLog) => ({
  account: log.account,
  action: log.action,
  name: log.name,
  actor: log.actor,
  data: log.data,
  timestamp: rfc3339Nano(log.at),
  action_description: described(log),
})

function list(state: HubState, input: Input): Answer {
  enter(state, input)
  const { query, params } = input
  const from = timeOf(input, 'from') ?? Number.NEGATIVE_INFINITY
  const to = timeOf(input, 'to') ?? Number.POSITIVE_INFINITY
  const fits = (asked: string, value: string) => !query.get(asked) || query.get(asked) === value
  const found = (state.auditLogs.get(params.account!)?.slice() ?? [])
    .filter(({ at }) => from <= at && at <= to)
    .filter(({ action, name, actor }) => fits('action', action) && fits('name', name) && fits('actor', actor))
    .reverse()
  const { start, size } = windowOf(input, 25)
  return json({ logs: found.slice(start, start + size).map(wire) })
}

/** https://docs.docker.com/reference/api/hub/latest/#tag/audit-logs: what happened in a namespace, the latest first. */
export const auditLogRoutes: readonly HubRoute[] = [
  {
    method: 'GET',
    path: '/v2/auditlogs/:account',
    operationId: 'AuditLogs_ListAuditLogs',
    reply: ({ state, input }) => list(state, input),
    refuse: refuseRpc,
  },
  {
    method: 'GET',
    path: '/v2/auditlogs/:account/actions',
    operationId: 'AuditLogs_ListAuditActions',
    reply: ({ state, input }) => json(actionsWire(enter(state, input))),
    refuse: refuseRpc,
  },
]
