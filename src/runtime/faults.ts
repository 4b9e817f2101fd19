import { theHub } from '#hub'
import type { Request } from '../http/input.ts'
import type { Answer, Head } from '../http/reply.ts'
import type { Fault, PendingFault } from '../hub/faults/fault.ts'
import type { HubCommand, HubEvent, HubState } from '../hub/index.ts'
import type { Daemon } from './daemon.ts'
import { encode } from './encode.ts'
import type { Served, ServedStream } from './served.ts'

/** What shall go wrong between clients and the registries of a tank. */
export interface FaultInjection {
  /**
   * Adds a fault; it meets the next requests that fit, in place of the registry.
   *
   * @example
   * tank.faults.add({ host: 'registry-1.docker.io', method: 'GET', path: '/v2/*\/manifests/*', with: 503, times: 2 })
   * tank.faults.add({ host: 'auth.docker.io', with: 'timeout' })
   */
  add(fault: Fault): void
  /** Those that still have requests to meet. */
  readonly pending: readonly PendingFault[]
  /** All goes well again. */
  clear(): void
}

type Hub = Daemon<HubState, HubCommand, HubEvent, never>

export const faultInjection = (hub: () => Hub): FaultInjection => ({
  add: (fault) => void hub().dispatch({ type: 'FaultAdd', fault }),
  get pending() {
    return hub().store.state.faults
  },
  clear: () => void hub().dispatch({ type: 'FaultClear' }),
})

/** The fault that meets the request; then it has met it. */
export function metFault(hub: Hub, request: Request): Fault | undefined {
  const fault = theHub().faultFor(hub.store.state.faults, request)
  if (fault) hub.dispatch({ type: 'FaultMeet', id: fault.id })
  return fault
}

/** Nothing came in time: a status that no answer has. */
const TIMED_OUT: Answer = { status: 0 }

/** What the engine gets; `undefined`: nobody was there. */
export function toldToEngine(fault: Fault): Answer | undefined {
  if (fault.with === 'unreachable') return undefined
  if (fault.with === 'timeout') return TIMED_OUT
  const { status, headers, body } = encode(theHub().faultAnswer({ ...fault, with: fault.with }))
  return { status, headers, bytes: body }
}

/** What a client at a door gets: an answer, or none until it goes away, or the end of its connection. */
export function toldAtDoor(hub: Hub, fault: Fault): Served {
  if (typeof fault.with === 'number')
    return { kind: 'answer', answer: encode(theHub().faultAnswer({ ...fault, with: fault.with })) }
  const done = fault.with === 'unreachable'
  const pump = hub.pump({ seed: { acc: null, done }, step: (acc: null) => ({ acc }), waits: false })
  const begin = ({ status, headers = [] }: Head): ServedStream => ({ kind: 'stream', status, headers, pump })
  return { kind: 'later', pump, finish: encode, begin }
}
