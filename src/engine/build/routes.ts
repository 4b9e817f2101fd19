import { Problem } from '../../core/problem.ts'
import { parseFilters } from '../../http/filters.ts'
import { readJson } from '../../http/go-json-text.ts'
import type { Input } from '../../http/input.ts'
import { queryFlag, queryFlagOr, queryInteger } from '../../http/query.ts'
import { empty, json } from '../../http/reply.ts'
import type { EngineCommand } from '../commands.ts'
import { parsePlatform } from '../containers/platform.ts'
import type { EngineRoute } from '../verb.ts'
import { supports } from '../versions.ts'
import { follow } from './stream.ts'

const PRUNE_FILTERS: ReadonlySet<string> = new Set([
  'description',
  'id',
  'inuse',
  'parent',
  'private',
  'shared',
  'type',
  'unused-for',
  'until',
])

/** A JSON object in the query: `buildargs`, `labels`. */
function object<T>({ query }: Input, key: string, what: string): Readonly<Record<string, T>> {
  const text = query.get(key)
  if (!text) return {}
  const read = readJson(text)
  if ('error' in read) throw new Problem('InvalidParameter', `error reading ${what}: ${read.error}`)
  return (read.value ?? {}) as Record<string, T>
}

function buildRequest(input: Input): EngineCommand {
  const { query, request } = input
  const version = query.get('version') ?? '1'
  if (version === '2')
    throw new Problem('NotImplemented', 'this engine has the classic builder only: set DOCKER_BUILDKIT=0')
  if (version !== '1' && version !== '')
    throw new Problem('InvalidParameter', `invalid version ${JSON.stringify(version)}`)
  const platform = query.get('platform')
  if (platform && supports(input.version, 'imagePlatform')) parsePlatform(platform)
  const remote = query.get('remote')
  if (remote) throw unreachable(remote)
  return {
    type: 'ImageBuild',
    context: request.body,
    dockerfile: query.get('dockerfile') ?? '',
    target: query.get('target') ?? '',
    options: {
      tags: query.getAll('t').filter((tag) => tag !== ''),
      quiet: queryFlag(query, 'q'),
      remove: queryFlagOr(query, 'rm', true),
      forceRemove: queryFlag(query, 'forcerm'),
      noCache: queryFlag(query, 'nocache'),
      buildArgs: object<string | null>(input, 'buildargs', 'build args'),
      labels: object<string>(input, 'labels', 'labels'),
      networkMode: query.get('networkmode') || 'default',
      extraHosts: (query.get('extrahosts') ?? '').split(',').filter((host) => host !== ''),
      shmSize: queryInteger(query, 'shmsize', 0),
    },
  }
}

/** Nothing outside of the tank is ever asked. */
function unreachable(remote: string): Problem {
  const { host, hostname, port } = new URL(remote, 'http://nowhere')
  const why = port ? `dial tcp ${host}: connect: connection refused` : `dial tcp: lookup ${hostname}: no such host`
  return new Problem('System', `error downloading remote context ${remote}: Get ${JSON.stringify(remote)}: ${why}`)
}

export const buildRoutes: readonly EngineRoute[] = [
  {
    method: 'POST',
    path: '/build',
    operationId: 'ImageBuild',
    command: buildRequest,
    reply: ({ events, input: { query, version } }) => {
      const begun = events.find((event) => event.type === 'build.begin')!
      return {
        status: 200,
        headers: [['Content-Type', 'application/json']],
        follow: follow(begun.build.id, { quiet: queryFlag(query, 'q'), aux: supports(version, 'buildAux') }),
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
      return { ...empty(200), headers: [['Content-Type', 'application/json']] }
    },
  },
]

function pruneFilters(text: string | null) {
  try {
    return parseFilters(text, PRUNE_FILTERS)
  } catch (problem) {
    if (problem instanceof Problem) throw new Problem(problem.kind, `failed to prune build cache: ${problem.message}`)
    throw problem
  }
}
