import { builder } from '#builder'
import { type Kind, Problem } from '../../core/problem.ts'
import { parseFilters } from '../../http/filters.ts'
import { progressLine } from '../../http/json-lines.ts'
import { queryFlag } from '../../http/query.ts'
import { json } from '../../http/reply.ts'
import type { EngineRoute } from '../verb.ts'

const PRUNE_FILTERS: ReadonlySet<string> = new Set([
  'description',
  'id',
  'inuse',
  'label',
  'label!',
  'parent',
  'private',
  'shared',
  'type',
  'unused-for',
  'until',
])

/** BuildKit speaks HTTP/2 over a connection that is taken over here; this engine has the classic builder only. */
const noBuildKit = new Problem(
  'NotImplemented',
  'BuildKit is not enabled on this engine, it has the classic builder only: build with DOCKER_BUILDKIT=0',
)

/** Its two doors stay shut, also to those who knock as they should. */
const withoutBuildKit = (path: string, operationId: string, unasked: Kind): EngineRoute => ({
  method: 'POST',
  path,
  operationId,
  reply: ({ input: { request } }) => {
    throw request.headers.upgrade === undefined ? new Problem(unasked, 'no upgrade proto in request') : noBuildKit
  },
})

export const buildRoutes: readonly EngineRoute[] = [
  {
    method: 'POST',
    path: '/build',
    operationId: 'ImageBuild',
    command: (input) => builder().buildRequest(input),
    reply: ({ events, input: { query } }) => {
      const headers = [['Content-Type', 'application/json']] as const
      const ended = events.find((event) => event.type === 'build.end')
      if (ended) return { status: 200, headers, bytes: ended.lines.map(progressLine) }
      const { build, lines } = events.find((event) => event.type === 'build.begin')!
      return {
        status: 200,
        headers,
        follow: builder().buildStream(build.id, queryFlag(query, 'q'), lines),
        left: { type: 'BuildLeave', id: build.id },
      }
    },
  },
  {
    method: 'POST',
    path: '/build/prune',
    operationId: 'BuildPrune',
    command: ({ query }) => ({ type: 'BuildPrune', filters: pruneFilters(query.get('filters')) }),
    reply: () => json({ CachesDeleted: null, SpaceReclaimed: 0 }),
  },
  {
    method: 'POST',
    path: '/build/cancel',
    operationId: 'BuildCancel',
    reply: ({ input: { query } }) => {
      if (!query.get('id')) throw new Problem('InvalidParameter', 'build ID not provided')
      return { status: 200, headers: [['Content-Type', 'application/json']] }
    },
  },
  withoutBuildKit('/session', 'Session', 'InvalidParameter'),
  withoutBuildKit('/grpc', 'Grpc', 'System'),
]

function pruneFilters(text: string | null) {
  try {
    return parseFilters(text, PRUNE_FILTERS)
  } catch (problem) {
    if (problem instanceof Problem) throw new Problem(problem.kind, `failed to prune build cache: ${problem.message}`)
    throw problem
  }
}
