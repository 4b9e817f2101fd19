import { Problem } from '../../../core/problem.ts'
import { decode } from '../../../http/go-json.ts'
import { readJson } from '../../../http/go-json-text.ts'
import type { Input } from '../../../http/input.ts'
import { queryFlag, queryFlagOr, queryInteger } from '../../../http/query.ts'
import { type HostConfig, hostConfig } from '../../containers/config.ts'
import { parsePlatform } from '../../containers/platform.ts'
import { configsOf } from '../../distribution/credentials.ts'
import { supports } from '../../versions.ts'
import type { BuildOptions } from '../build.ts'
import type { BuildCommands } from '../commands.ts'

const refused = (message: string) => new Problem('InvalidParameter', message)

/** moby: api/server/router/build newImageBuildOptions */
export function buildRequest(input: Input): BuildCommands['ImageBuild'] & { readonly type: 'ImageBuild' } {
  const { query, request } = input
  const options = buildOptions(input)
  checkVersion(query.get('version') ?? '')
  if (queryFlag(query, 'squash')) throw refused('squash is only supported with experimental mode')
  return {
    type: 'ImageBuild',
    context: request.body,
    remote: query.get('remote') ?? '',
    dockerfile: query.get('dockerfile') ?? '',
    target: query.get('target') ?? '',
    options,
  }
}

function buildOptions(input: Input): BuildOptions {
  const { query, request, version } = input
  const forceRemove = queryFlag(query, 'forcerm')
  const platform = supports(version, 'imagePlatform') ? (query.get('platform') ?? '') : ''
  if (platform !== '') parsePlatform(platform)
  return {
    tags: query.getAll('t').filter((tag) => tag !== ''),
    quiet: queryFlag(query, 'q'),
    // An empty `rm` counts as none.
    remove: forceRemove || !query.get('rm') || queryFlagOr(query, 'rm', true),
    forceRemove,
    noCache: queryFlag(query, 'nocache'),
    pull: queryFlag(query, 'pull'),
    platform,
    hostConfig: runHostConfig(input),
    buildArgs: object<string | null>(input, 'buildargs', 'error reading build args: '),
    labels: object<string>(input, 'labels', 'error reading labels: '),
    cacheFrom: cacheFrom(input),
    credentials: configsOf(request.headers['x-registry-config']),
    aux: supports(version, 'buildAux'),
  }
}

/** What the containers of RUN get. */
function runHostConfig(input: Input): Partial<HostConfig> {
  const { query } = input
  const extraHosts = query.getAll('extrahosts')
  const shmSize = queryInteger(query, 'shmsize', 0, 'ParseInt')
  checkIsolation(query.get('isolation') ?? '')
  if (query.has('securityopt'))
    throw refused('The daemon on this platform does not support setting security options on build')
  return {
    networkMode: query.get('networkmode') || 'default',
    extraHosts: extraHosts.length > 0 ? extraHosts : null,
    shmSize,
    memory: integerOrZero(query, 'memory'),
    memorySwap: integerOrZero(query, 'memswap'),
    cpuShares: integerOrZero(query, 'cpushares'),
    cpuPeriod: integerOrZero(query, 'cpuperiod'),
    cpuQuota: integerOrZero(query, 'cpuquota'),
    cpusetCpus: query.get('cpusetcpus') ?? '',
    cpusetMems: query.get('cpusetmems') ?? '',
    cgroupParent: query.get('cgroupparent') ?? '',
    ulimits: decode(hostConfig, { Ulimits: parsed(input, 'ulimits', 'error reading ulimit settings: ') ?? null })
      .ulimits,
  }
}

/** httputils.Int64ValueOrZero: what is no number is none. */
function integerOrZero(query: URLSearchParams, key: string): number {
  const text = query.get(key) ?? ''
  return /^[+-]?\d+$/.test(text) ? Number(text) : 0
}

function checkIsolation(isolation: string): void {
  if (!['', 'default', 'process', 'hyperv'].includes(isolation.toLowerCase()))
    throw refused(`Unsupported isolation: ${JSON.stringify(isolation)}`)
}

/** The engine stands as one whose daemon.json says `"features": {"buildkit": false}`. */
function checkVersion(version: string): void {
  if (version === '2') throw refused('buildkit is not enabled on daemon')
  if (version !== '1' && version !== '') throw refused(`invalid version ${JSON.stringify(version)}`)
}

function parsed({ query }: Input, key: string, prefix: string): unknown {
  const text = query.get(key)
  if (!text) return undefined
  const read = readJson(text)
  if ('error' in read) throw refused(prefix + read.error)
  return read.value
}

const object = <T>(input: Input, key: string, prefix: string) =>
  (parsed(input, key, prefix) ?? {}) as Readonly<Record<string, T>>

/** This one the daemon does not wrap. */
function cacheFrom(input: Input): readonly string[] {
  try {
    const read = parsed(input, 'cachefrom', '')
    return Array.isArray(read) ? read.map(String) : []
  } catch (problem) {
    if (problem instanceof Problem) throw new Problem('System', problem.message)
    throw problem
  }
}
