import { Problem } from '../../core/problem.ts'
import { optionalJson } from '../../http/body.ts'
import { decode, string, struct } from '../../http/go-json.ts'
import type { Input } from '../../http/input.ts'
import { queryFlag, queryFlagOr } from '../../http/query.ts'
import { empty, json } from '../../http/reply.ts'
import type { EngineRoute } from '../verb.ts'
import { supports } from '../versions.ts'
import { pack, stat } from './archive.ts'
import { changesOf } from './changes.ts'
import { exported } from './export.ts'
import { streamAndOneShot } from './file-errors.ts'
import { find } from './find.ts'
import { oneShot, statsOnce, statsStream } from './stats.ts'
import { whenTold } from './top.ts'
import { statHeader } from './wire/path-stat.ts'

const ref = ({ params }: Input) => params.name!
const path = ({ query }: Input) => query.get('path') ?? ''
const psArgs = ({ query }: Input) => query.get('ps_args') ?? ''

const TAR = ['Content-Type', 'application/x-tar'] as const
const copyConfig = struct('CopyConfig', { resource: string })
const resource = (input: Input) => decode(copyConfig, optionalJson(input)).resource

/** As if there were no such route. */
const lost = new Problem('NotFound', 'page not found')

export const fileRoutes: readonly EngineRoute[] = [
  {
    method: 'HEAD',
    path: '/containers/:name/archive',
    operationId: 'ContainerArchiveInfo',
    reply: ({ state, input }) => ({ status: 200, headers: [statHeader(stat(state, ref(input), path(input)))] }),
  },
  {
    method: 'GET',
    path: '/containers/:name/archive',
    operationId: 'ContainerArchive',
    command: (input) => ({ type: 'ContainerArchive', id: ref(input), path: path(input) }),
    reply: ({ state, input }) => ({
      status: 200,
      headers: [TAR, statHeader(stat(state, ref(input), path(input)))],
      bytes: [pack(state, ref(input), path(input))],
    }),
  },
  {
    method: 'PUT',
    path: '/containers/:name/archive',
    operationId: 'PutContainerArchive',
    command: (input) => ({
      type: 'PutContainerArchive',
      id: ref(input),
      path: path(input),
      archive: input.request.body,
      noOverwriteDirNonDir: queryFlag(input.query, 'noOverwriteDirNonDir'),
      copyUIDGID: queryFlag(input.query, 'copyUIDGID'),
    }),
    reply: () => empty(200),
  },
  {
    method: 'GET',
    path: '/containers/:name/changes',
    operationId: 'ContainerChanges',
    reply: ({ state, input }) => json(changesOf(state, ref(input))),
  },
  {
    method: 'GET',
    path: '/containers/:name/export',
    operationId: 'ContainerExport',
    command: (input) => ({ type: 'ContainerExport', id: ref(input) }),
    reply: ({ state, input }) => ({
      status: 200,
      headers: [['Content-Type', 'application/octet-stream']],
      bytes: [exported(state, ref(input))],
    }),
  },
  {
    method: 'POST',
    path: '/containers/:name/copy',
    operationId: 'ContainerCopy',
    command: (input) => {
      if (supports(input.version, 'archive')) throw lost
      return { type: 'ContainerCopy', id: ref(input), path: resource(input) }
    },
    reply: ({ state, input }) => ({
      status: 200,
      headers: [TAR],
      bytes: [pack(state, ref(input), resource(input))],
    }),
  },
  {
    method: 'GET',
    path: '/containers/:name/top',
    operationId: 'ContainerTop',
    command: (input) => ({ type: 'ContainerTop', id: ref(input), psArgs: psArgs(input) }),
    reply: ({ state, input }) => ({ later: whenTold(find(state, ref(input)), psArgs(input), input.version) }),
  },
  {
    method: 'GET',
    path: '/containers/:name/stats',
    operationId: 'ContainerStats',
    reply: ({ state, input }) => {
      const { query, version } = input
      const streams = queryFlagOr(query, 'stream', true)
      const once = supports(version, 'oneShot') && queryFlag(query, 'one-shot')
      if (streams && once) throw streamAndOneShot()
      const container = find(state, ref(input))
      if (once) return json(oneShot(state, container, version))
      if (!streams) return { later: statsOnce(state, container, version) }
      return { status: 200, follow: statsStream(state, container, version) }
    },
  },
]
