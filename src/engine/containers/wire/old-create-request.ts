import { Problem } from '../../../core/problem.ts'
import { versionBelow } from '../../api-version.ts'
import type { CreateRequest } from '../commands.ts'
import { endpointConfig } from '../config.ts'

interface RequestChange {
  /** The first version that may say it. */
  readonly since: string
  /** What the request of an older client means. */
  readonly before: (request: CreateRequest) => CreateRequest
}

/** A row for each change, newest first. moby: postContainersCreate */
const requestChanges: readonly RequestChange[] = [
  { since: '1.44', before: oneEndpoint },
  { since: '1.44', before: macOfNetwork },
  { since: '1.44', before: noStartInterval },
  { since: '1.42', before: host({ consoleSize: [0, 0] }) },
  { since: '1.41', before: (request) => ({ ...request, platform: '' }) },
  { since: '1.40', before: shareableIpc },
  // The client removed it.
  { since: '1.25', before: host({ autoRemove: false }) },
]

/** What the request says in the version that the client speaks. */
export function asMeantIn(version: string, request: CreateRequest): CreateRequest {
  return requestChanges
    .filter(({ since }) => versionBelow(version, since))
    .reduce((meant, { before }) => before(meant), request)
}

function host(change: Partial<CreateRequest['hostConfig']>): RequestChange['before'] {
  return (request) => ({ ...request, hostConfig: { ...request.hostConfig, ...change } })
}

function oneEndpoint(request: CreateRequest): CreateRequest {
  const names = Object.keys(request.endpoints ?? {}).sort()
  if (names.length > 1)
    throw new Problem(
      'InvalidParameter',
      `Container cannot be created with multiple network endpoints: ${names.join(', ')}`,
    )
  return request
}

/** The address stood in the config, and belonged to the network of the network mode. */
function macOfNetwork(request: CreateRequest): CreateRequest {
  const { config, hostConfig, endpoints } = request
  const others = Object.entries(endpoints ?? {}).map(([name, endpoint]) => [
    name,
    endpoint && { ...endpoint, macAddress: '' },
  ])
  const kept = endpoints && Object.fromEntries(others)
  if (config.macAddress === '') return { ...request, endpoints: kept }
  const mode = hostConfig.networkMode
  if (mode === 'host' || mode === 'none' || mode.startsWith('container:'))
    throw new Problem('InvalidParameter', 'conflicting options: mac-address and the network mode')
  const name = mode === '' || mode === 'default' ? 'bridge' : mode
  const endpoint = { ...(kept?.[name] ?? endpointConfig.zero), macAddress: config.macAddress }
  return { ...request, config: { ...config, macAddress: '' }, endpoints: { ...kept, [name]: endpoint } }
}

function noStartInterval(request: CreateRequest): CreateRequest {
  const { healthcheck } = request.config
  if (!healthcheck) return request
  return { ...request, config: { ...request.config, healthcheck: { ...healthcheck, startInterval: 0 } } }
}

function shareableIpc(request: CreateRequest): CreateRequest {
  return request.hostConfig.ipcMode === '' ? host({ ipcMode: 'shareable' })(request) : request
}
