import { Problem } from '../../../core/problem.ts'
import { versionBelow } from '../../api-version.ts'
import type { CreateRequest } from '../commands.ts'
import type { HostConfig } from '../config.ts'

/** What a body of an older client means: fields it could not know of say nothing, some defaults were others. */
interface CreateChange {
  /** The first version with the present meaning. */
  readonly since: string
  readonly before: (request: CreateRequest) => CreateRequest
}

const host =
  (change: (hostConfig: HostConfig) => Partial<HostConfig>) =>
  (request: CreateRequest): CreateRequest => ({
    ...request,
    hostConfig: { ...request.hostConfig, ...change(request.hostConfig) },
  })

/** Latest first. From moby's daemon/server/router/container/container_routes.go postContainersCreate. */
const changes: readonly CreateChange[] = [
  { since: '1.44', before: oneEndpoint },
  { since: '1.44', before: withoutStartInterval },
  { since: '1.43', before: host(() => ({ annotations: null })) },
  { since: '1.42', before: host(() => ({ consoleSize: [0, 0] })) },
  { since: '1.41', before: (request) => ({ ...request, platform: '' }) },
  { since: '1.41', before: host(({ cgroupnsMode }) => ({ cgroupnsMode: cgroupnsMode || 'host' })) },
  { since: '1.40', before: host(({ ipcMode }) => ({ ipcMode: ipcMode || 'shareable', kernelMemoryTCP: 0 })) },
  { since: '1.25', before: host(() => ({ autoRemove: false })) },
]

/** The request of a client of this version, in today's terms. */
export function createRequestIn(version: string, request: CreateRequest): CreateRequest {
  if (!versionBelow(version, changes[0]!.since)) return request
  return changes.reduce((given, { since, before }) => (versionBelow(version, since) ? before(given) : given), request)
}

function oneEndpoint(request: CreateRequest): CreateRequest {
  const names = Object.keys(request.endpoints ?? {})
  if (names.length <= 1) return request
  const words = `Container cannot be created with multiple network endpoints: ${names.join(', ')}`
  throw new Problem('InvalidParameter', words)
}

function withoutStartInterval(request: CreateRequest): CreateRequest {
  const { healthcheck } = request.config
  return healthcheck
    ? { ...request, config: { ...request.config, healthcheck: { ...healthcheck, startInterval: 0 } } }
    : request
}
