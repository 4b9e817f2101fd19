import type { EngineRoute } from '../verb.ts'

const ping = [
  ['Builder-Version', '2'],
  ['Cache-Control', 'no-cache, no-store, must-revalidate'],
  ['Pragma', 'no-cache'],
  ['Swarm', 'inactive'],
  ['Content-Type', 'text/plain; charset=utf-8'],
] as const

export const systemRoutes: readonly EngineRoute[] = [
  {
    method: 'GET',
    path: '/_ping',
    operationId: 'SystemPing',
    reply: () => ({ status: 200, headers: ping, text: 'OK' }),
  },
  { method: 'HEAD', path: '/_ping', operationId: 'SystemPingHead', reply: () => ({ status: 200, headers: ping }) },
]
