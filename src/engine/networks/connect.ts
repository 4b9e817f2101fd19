import { Problem } from '../../core/problem.ts'
import type { Container } from '../containers/container.ts'
import { find as findContainer } from '../containers/find.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { Attachment } from './attachment.ts'
import { named } from './attachments.ts'
import type { NetworkCommands } from './commands.ts'
import { markedForRemoval } from './errors.ts'
import { find } from './find.ts'
import { connected } from './join.ts'
import type { Network } from './network.ts'
import { verifyConnect } from './verify-connect.ts'
import { verifyEndpoint } from './verify-endpoint.ts'

/** A running container gets its endpoint at once, any other at its next start. moby: Daemon.ConnectToNetwork */
export const connect: EngineVerb<NetworkCommands['NetworkConnect']> = (state, { id, container: ref, config }, env) => {
  const container = findContainer(state, ref)
  const network = find(state, id)
  const attachment: Attachment = { name: network.name, networkId: '', config, dnsNames: null }
  if (container.flags.removing || container.flags.dead) throw markedForRemoval(container.id)
  if (!isConnected(state, container)) return attach(state, container, network, attachment)
  try {
    return [connected(state, container, network, attachment, env, !hasWayOut(state, container, network))]
  } catch (problem) {
    if (problem instanceof Problem && isLate(problem)) return [failed(container, network, attachment, problem)]
    throw problem
  }
}

const isConnected = ({ networks }: EngineState, { id, flags }: Container) => flags.running && networks.sandboxes.has(id)

/** A refusal of the driver or of the address pools comes after the settings were written down. */
const isLate = ({ message }: Problem) => message === 'Address already in use'

function failed(
  container: Container,
  network: Network,
  attachment: Attachment,
  { kind, message }: Problem,
): EngineEvent {
  return {
    type: 'network.connect_failed',
    container: container.id,
    attachment: named(attachment, container, network),
    kind,
    error: message,
  }
}

/** Refuses where a connect has failed. */
export function throwIfFailed(events: readonly EngineEvent[]): void {
  const failure = events.find((event) => event.type === 'network.connect_failed')
  if (failure) throw new Problem(failure.kind, failure.error)
}

function attach(
  state: EngineState,
  container: Container,
  network: Network,
  attachment: Attachment,
): readonly EngineEvent[] {
  verifyConnect(state, container, network)
  verifyEndpoint(attachment.config, network.name, network)
  return [{ type: 'network.attach', container: container.id, attachment: named(attachment, container, network) }]
}

function hasWayOut({ networks }: EngineState, container: Container, { driver, internal }: Network): boolean {
  if (driver !== 'bridge' || internal) return true
  const members = networks.members.values()
  return members.some((member) => member.get(container.id)?.ports !== undefined)
}
