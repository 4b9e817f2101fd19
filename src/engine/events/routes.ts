import { Problem } from '../../core/problem.ts'
import { parseFilters } from '../../http/filters.ts'
import type { Input } from '../../http/input.ts'
import { unixTimestamp } from '../../http/unix-timestamp.ts'
import type { EngineRoute } from '../verb.ts'
import { type EventsQuery, stream } from './stream.ts'

function eventsQuery({ query, version }: Input): EventsQuery {
  const given = (key: string) => query.get(key) ?? ''
  const time = (key: string) => (given(key) === '' ? undefined : unixTimestamp(given(key)))
  const since = time('since')
  const until = time('until')
  if (until !== undefined && until < (since ?? 0))
    throw new Problem(
      'InvalidParameter',
      `\`since\` time (${given('since')}) cannot be after \`until\` time (${given('until')})`,
    )
  return { since, until, filters: parseFilters(query.get('filters')), version }
}

export const eventRoutes: readonly EngineRoute[] = [
  {
    method: 'GET',
    path: '/events',
    operationId: 'SystemEvents',
    reply: ({ state, input }) => ({
      status: 200,
      headers: [['Content-Type', 'application/json']],
      follow: stream(state, eventsQuery(input)),
    }),
  },
]
