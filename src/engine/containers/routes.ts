import { Problem } from '../../core/problem.ts'
import { optionalJson, requiredJson } from '../../http/body.ts'
import { parseFilters } from '../../http/filters.ts'
import { decode } from '../../http/go-json.ts'
import type { Input } from '../../http/input.ts'
import { jsonBody } from '../../http/json-lines.ts'
import { queryFlag, queryInteger } from '../../http/query.ts'
import { type Answer, json, noContent } from '../../http/reply.ts'
import type { EngineEvent } from '../events.ts'
import { surface } from '../surface.ts'
import type { EngineRoute } from '../verb.ts'
import { isShapedAsToday, supports } from '../versions.ts'
import type { Grace } from './commands.ts'
import { hostConfig, updateRequest } from './config.ts'
import { bodyOnStart, checkpointNeedsExperimental } from './errors.ts'
import { find } from './find.ts'
import { gone, killed, restarted, stopped } from './later.ts'
import { list } from './list.ts'
import { LIST_FILTERS } from './list-filters.ts'
import { parseCondition, waitFor } from './wait.ts'
import { createRequestOf } from './wire/create-request.ts'
import { inspect } from './wire/inspect.ts'
import { summary } from './wire/summary.ts'
import { inspectBytes, listBytes } from './wire/written.ts'

const ref = ({ params }: Input) => params.name!

/** `signal` is newer than `t`. */
const grace = ({ query, version }: Input): Grace => ({
  signal: supports(version, 'stopSignal') ? (query.get('signal') ?? '') : '',
  timeout: query.get('t') ? queryInteger(query, 't', 0) : undefined,
})

/** JSON that is text already. */
const written = (body: Uint8Array): Answer => ({
  status: 200,
  headers: [['Content-Type', 'application/json']],
  bytes: [body],
})

const PRUNE_FILTERS: ReadonlySet<string> = new Set(['label', 'label!', 'until'])

const deletion = (path: string): EngineRoute => ({
  method: 'DELETE',
  path,
  operationId: 'ContainerDelete',
  command: (input) => ({
    type: 'ContainerDelete',
    id: ref(input),
    force: queryFlag(input.query, 'force'),
    volumes: queryFlag(input.query, 'v'),
    link: queryFlag(input.query, 'link'),
  }),
  reply: ({ state, events }) => ({ later: gone(state, events) }),
})

/** Refuses where a start has failed. */
function throwIfFailed(events: readonly EngineEvent[]): void {
  const failed = events.find((event) => event.type === 'container.start_failed')
  if (failed) throw new Problem(failed.kind, failed.error)
}

export const containerRoutes: readonly EngineRoute[] = [
  {
    method: 'POST',
    path: '/containers/create',
    operationId: 'ContainerCreate',
    command: (input) => ({ type: 'ContainerCreate', ...createRequestOf(input) }),
    reply: ({ events }) => {
      const { container, warnings } = events.find((event) => event.type === 'container.create')!
      return json({ Id: container.id, Warnings: warnings }, 201)
    },
  },
  {
    method: 'GET',
    path: '/containers/json',
    operationId: 'ContainerList',
    reply: ({ state, input: { query, version } }) => {
      const size = queryFlag(query, 'size')
      const shown = list(state, {
        all: queryFlag(query, 'all'),
        limit: queryInteger(query, 'limit', 0),
        filters: parseFilters(query.get('filters'), LIST_FILTERS),
      })
      return size || !isShapedAsToday('ContainerList', version)
        ? json(shown.map((container) => summary(state, container, size)))
        : written(listBytes(state, shown))
    },
  },
  {
    method: 'GET',
    path: '/containers/:name/json',
    operationId: 'ContainerInspect',
    reply: ({ state, input }) => {
      const container = find(state, ref(input))
      const size = queryFlag(input.query, 'size')
      return size || !isShapedAsToday('ContainerInspect', input.version)
        ? json(inspect(state, container, size))
        : written(inspectBytes(state, container))
    },
  },
  {
    method: 'POST',
    path: '/containers/prune',
    operationId: 'ContainerPrune',
    command: ({ query }) => ({ type: 'ContainerPrune', filters: parseFilters(query.get('filters'), PRUNE_FILTERS) }),
    reply: ({ events }) => {
      const deleted = events.flatMap((event) => (event.type === 'container.destroy' ? [event.id] : []))
      const pruned = events.find((event) => event.type === 'container.prune')
      return json({
        ContainersDeleted: deleted.length > 0 ? deleted : null,
        SpaceReclaimed: pruned?.reclaimed ?? 0,
      })
    },
  },
  {
    method: 'POST',
    path: '/containers/:name/start',
    operationId: 'ContainerStart',
    command: (input) => {
      // A JSON object that says something has at least seven characters.
      const says = input.request.body.length > 7
      if (says && supports(input.version, 'bareStart')) throw bodyOnStart
      if (input.query.get('checkpoint')) throw checkpointNeedsExperimental
      const given = says ? { hostConfig: decode(hostConfig, requiredJson(input)) } : {}
      return { type: 'ContainerStart', id: ref(input), ...given }
    },
    reply: ({ events }) => {
      throwIfFailed(events)
      return noContent
    },
  },
  {
    method: 'POST',
    path: '/containers/:name/stop',
    operationId: 'ContainerStop',
    command: (input) => ({ type: 'ContainerStop', id: ref(input), ...grace(input) }),
    reply: ({ state, input }) => ({ later: stopped(state, ref(input)) }),
  },
  {
    method: 'POST',
    path: '/containers/:name/restart',
    operationId: 'ContainerRestart',
    command: (input) => ({ type: 'ContainerRestart', id: ref(input), ...grace(input) }),
    reply: ({ state, events, input }) => ({ later: restarted(state, events, input) }),
  },
  {
    method: 'POST',
    path: '/containers/:name/kill',
    operationId: 'ContainerKill',
    command: (input) => ({ type: 'ContainerKill', id: ref(input), signal: input.query.get('signal') ?? '' }),
    refuse: (problem, version) =>
      problem.kind === 'Conflict' && !supports(version, 'killNeedsRunning')
        ? noContent
        : surface.refuse(problem, version),
    reply: ({ state, events }) => killed(state, events),
  },
  {
    method: 'POST',
    path: '/containers/:name/pause',
    operationId: 'ContainerPause',
    command: (input) => ({ type: 'ContainerPause', id: ref(input) }),
    reply: () => noContent,
  },
  {
    method: 'POST',
    path: '/containers/:name/unpause',
    operationId: 'ContainerUnpause',
    command: (input) => ({ type: 'ContainerUnpause', id: ref(input) }),
    reply: () => noContent,
  },
  {
    method: 'POST',
    path: '/containers/:name/rename',
    operationId: 'ContainerRename',
    command: (input) => ({ type: 'ContainerRename', id: ref(input), name: input.query.get('name') ?? '' }),
    reply: () => noContent,
  },
  {
    method: 'POST',
    path: '/containers/:name/update',
    operationId: 'ContainerUpdate',
    command: (input) => {
      const { restartPolicy, ...resources } = decode(updateRequest, optionalJson(input))
      return { type: 'ContainerUpdate', id: ref(input), resources, restartPolicy }
    },
    reply: () => json({ Warnings: null }),
  },
  {
    method: 'POST',
    path: '/containers/:name/wait',
    operationId: 'ContainerWait',
    reply: ({ state, input }) => {
      if (!supports(input.version, 'waitCondition'))
        return {
          later: waitFor(state, ref(input), 'not-running', (code) => ({
            answer: { status: 200, json: { StatusCode: code } },
          })),
        }
      const condition = parseCondition(input.query.get('condition') ?? '')
      return {
        status: 200,
        headers: [['Content-Type', 'application/json']],
        follow: waitFor(state, ref(input), condition, (code) => ({
          chunks: [jsonBody({ StatusCode: code })],
          done: true,
        })),
      }
    },
  },
  deletion('/containers/:name'),
  // A link's name has a slash.
  deletion('/containers/*name'),
]
