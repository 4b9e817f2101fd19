import { Problem } from '../../core/problem.ts'
import { type Filters, filterExact, filterFlag, filterLabels } from '../../http/filters.ts'
import { lookup } from '../images/find.ts'
import { containerNetworks, containerPorts } from '../networks/endpoints.ts'
import type { EngineState } from '../state.ts'
import type { Container } from './container.ts'
import { find } from './find.ts'
import { type PortRange, parsePorts } from './port-spec.ts'
import { STATUSES, status } from './status.ts'

export type Accept = (container: Container) => boolean

export const LIST_FILTERS: ReadonlySet<string> = new Set([
  'ancestor',
  'before',
  'exited',
  'expose',
  'health',
  'id',
  'is-task',
  'isolation',
  'label',
  'name',
  'network',
  'publish',
  'since',
  'status',
  'volume',
])

/** One check for each filter that is asked for; refuses values that mean nothing. moby: Daemon.foldFilter */
export function acceptors(state: EngineState, filters: Filters): readonly Accept[] {
  verifyWords(filters)
  const task = filterFlag(filters, 'is-task', false)
  const checks: Readonly<Record<string, () => Accept>> = {
    exited: () => exited(filters.get('exited')!),
    name: () => named(filters.get('name')!),
    before: () => older(state, filters.get('before')!),
    since: () => newer(state, filters.get('since')!),
    ancestor: () => from(state, filters.get('ancestor')!),
    'is-task': () => () => !task,
    health: () => (container) => filterExact(filters, 'health', container.health?.status ?? 'none'),
    volume: () => withVolume(filters.get('volume')!),
    network: () => onNetwork(state, filters.get('network')!),
    publish: () => withPort(state, filters.get('publish')!, 'publish'),
    expose: () => withPort(state, filters.get('expose')!, 'expose'),
    isolation: () => (container) => matchesIsolation(filters.get('isolation')!, container),
    label: () => (container) => filterLabels(filters, container.config.labels),
    status: () => (container) => filterExact(filters, 'status', status(container.flags)),
  }
  return Object.entries(checks).flatMap(([key, check]) => (filters.get(key)?.length ? [check()] : []))
}

const HEALTHS = ['none', 'starting', 'healthy', 'unhealthy'] as const

function verifyWords(filters: Filters): void {
  const verify = (key: string, thing: string, words: readonly string[]) => {
    const bad = filters.get(key)?.find((value) => !words.includes(value))
    if (bad !== undefined)
      throw new Problem(
        'InvalidParameter',
        `invalid filter '${key}=${bad}': invalid value for ${thing} (${bad}): must be one of ${words.join(', ')}`,
      )
  }
  verify('status', 'state', STATUSES)
  verify('health', 'health', HEALTHS)
}

function exited(values: readonly string[]): Accept {
  const codes = values.map((value) => {
    if (/^[+-]?\d+$/.test(value)) return Number(value)
    const words = `invalid filter 'exited=${value}': strconv.Atoi: parsing ${JSON.stringify(value)}: invalid syntax`
    throw new Problem('InvalidParameter', words)
  })
  return ({ flags }) => !flags.running && flags.startedAt > 0 && codes.includes(flags.exitCode)
}

/** Regular expressions, with and without the slash; a bad one matches nothing. */
function named(values: readonly string[]): Accept {
  const tests = values.map((value): ((name: string) => boolean) => {
    if (/^[\w-]+$/.test(value)) return (name) => name.includes(value)
    try {
      const pattern = new RegExp(value)
      return (name) => pattern.test(name) || pattern.test(`/${name}`)
    } catch {
      return (name) => name === value || `/${name}` === value
    }
  })
  return ({ name }) => tests.some((test) => test(name))
}

const last = (values: readonly string[]) => values.at(-1)!

function older(state: EngineState, values: readonly string[]): Accept {
  const { ordinal } = find(state, last(values))
  return (container) => container.ordinal < ordinal
}

function newer(state: EngineState, values: readonly string[]): Accept {
  const { ordinal } = find(state, last(values))
  return (container) => container.ordinal > ordinal
}

/** The image itself or one that was built on it. */
function from({ images }: EngineState, values: readonly string[]): Accept {
  const wanted = new Set<string>()
  for (const value of values) {
    const image = lookupQuietly(() => lookup(images, value))
    if (image) wanted.add(image.id)
  }
  const known = new Map<string, boolean>()
  const descends = (id: string): boolean => {
    const answer = known.get(id)
    if (answer !== undefined) return answer
    const parent = images.byId.get(id)?.parent
    const found = wanted.has(id) || Boolean(parent && descends(parent))
    known.set(id, found)
    return found
  }
  return ({ image }) => descends(image)
}

function lookupQuietly<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (problem) {
    if (problem instanceof Problem) return undefined
    throw problem
  }
}

const withVolume =
  (values: readonly string[]): Accept =>
  ({ mounts }) =>
    mounts.some(({ name, destination, source }) =>
      values.some((value) => value === destination || value === (name === '' ? source : name)),
    )

const onNetwork =
  (state: EngineState, values: readonly string[]): Accept =>
  (container) =>
    containerNetworks(state, container).some(({ name, id }) =>
      values.some((value) => value === name || (id !== '' && id.startsWith(value))),
    )

function withPort(state: EngineState, values: readonly string[], key: 'publish' | 'expose'): Accept {
  const ranges = values.map((value) => range(value, key))
  return (container) =>
    containerPorts(state, container).some(({ privatePort, publicPort, protocol }) => {
      const port = key === 'publish' ? publicPort : privatePort
      return ranges.some(
        ({ first, last: end, protocol: wanted }) =>
          port !== undefined && protocol === wanted && port >= first && port <= end,
      )
    })
}

function range(value: string, key: string): PortRange {
  if (value.includes(':')) throw new Problem('System', `filter for '${key}' should not contain ':': ${value}`)
  const ports = parsePorts(value)
  if (ports) return ports
  const bad =
    value
      .split('/')[0]!
      .split('-')
      .find((part) => !/^\d+$/.test(part)) ?? ''
  throw new Problem(
    'System',
    `error while looking up for ${key} ${value}: strconv.ParseUint: parsing ${JSON.stringify(bad)}: invalid syntax`,
  )
}

const matchesIsolation = (values: readonly string[], { hostConfig }: Container) =>
  values.some((value) => value === (hostConfig.isolation || 'default'))
