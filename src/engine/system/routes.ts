import { Problem } from '../../core/problem.ts'
import { json } from '../../http/reply.ts'
import type { EngineRoute } from '../verb.ts'
import { diskUsage, usageTypes } from './disk-usage.ts'
import { info } from './wire/info.ts'
import { version } from './wire/version.ts'

const ping = [
  ['Builder-Version', '1'],
  ['Cache-Control', 'no-cache, no-store, must-revalidate'],
  ['Pragma', 'no-cache'],
  ['Swarm', 'inactive'],
  ['Content-Type', 'text/plain; charset=utf-8'],
] as const

/** Routed, but only for daemons in experimental mode. moby: middleware/experimental.go */
function checkpoints(method: string, path: string): EngineRoute {
  return {
    method,
    path,
    operationId: 'Checkpoints',
    reply: () => {
      throw new Problem(
        'NotImplemented',
        'This experimental feature is disabled by default. Start the Docker daemon in experimental mode in order to enable it.',
      )
    },
  }
}

export const systemRoutes: readonly EngineRoute[] = [
  {
    method: 'GET',
    path: '/_ping',
    operationId: 'SystemPing',
    reply: () => ({ status: 200, headers: ping, text: 'OK' }),
  },
  { method: 'HEAD', path: '/_ping', operationId: 'SystemPingHead', reply: () => ({ status: 200, headers: ping }) },
  {
    method: 'GET',
    path: '/version',
    operationId: 'SystemVersion',
    reply: ({ state }) => json(version(state.host)),
  },
  { method: 'GET', path: '/info', operationId: 'SystemInfo', reply: ({ state }) => json(info(state)) },
  {
    method: 'GET',
    path: '/system/df',
    operationId: 'SystemDataUsage',
    reply: ({ state, input }) => json(diskUsage(state, usageTypes(input))),
  },
  ...['GET', 'POST'].map((method) => checkpoints(method, '/containers/:name/checkpoints')),
  checkpoints('DELETE', '/containers/:name/checkpoints/:checkpoint'),
]
