import { Problem } from '../../core/problem.ts'
import type { Container } from '../containers/container.ts'
import { find as findContainer } from '../containers/find.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import { attachmentsOf, networkOf } from './attachments.ts'
import type { NetworkCommands } from './commands.ts'
import { disconnectFromHost, markedForRemoval, noSuchEndpoint, notConnected, refused } from './errors.ts'
import { withoutEndpoint } from './evolve.ts'
import { find } from './find.ts'
import { wayOut } from './join.ts'
import { disconnected } from './leave.ts'
import type { Network } from './network.ts'
import { publish } from './ports.ts'

type Disconnect = NetworkCommands['NetworkDisconnect']

/** moby: Daemon.DisconnectFromNetwork */
export const disconnect: EngineVerb<Disconnect> = (state, { id, container: ref, force }) => {
  const container = containerOf(state, ref, id, force)
  const network = find(state, id)
  if (container.flags.running) verifyRunning(state, container, network)
  else verifyStopped(state, container, network, id)
  return [disconnected(network, container, true), ...newWayOut(state, container, network)]
}

/** With force, an endpoint may be left over from a container that is gone; here there are none. */
function containerOf(state: EngineState, ref: string, id: string, force: boolean): Container {
  try {
    return findContainer(state, ref)
  } catch (problem) {
    if (!(problem instanceof Problem) || !force) throw problem
    find(state, id)
    throw noSuchEndpoint(ref)
  }
}

function verifyRunning({ networks }: EngineState, { id, hostConfig }: Container, network: Network): void {
  if (hostConfig.networkMode === 'host' && network.name === 'host') throw disconnectFromHost
  if (!networks.members.get(network.id)?.has(id)) throw notConnected(id, network.name)
}

function verifyStopped(state: EngineState, container: Container, network: Network, ref: string): void {
  if (container.flags.removing || container.flags.dead) throw markedForRemoval(container.id)
  const known = attachmentsOf(state, container.id).some(({ name }) => name === network.name || name === network.id)
  if (!known) throw refused(`container ${container.id} is not connected to the network ${ref}`, 'System')
}

/** The published ports move to the network that leads out now. */
function newWayOut(state: EngineState, container: Container, left: Network): readonly EngineEvent[] {
  const ports = state.networks.members.get(left.id)?.get(container.id)?.ports
  if (ports === undefined) return []
  const others = attachmentsOf(state, container.id).flatMap((attachment) => {
    const network = networkOf(state, attachment)
    return network && network.id !== left.id ? [{ attachment, network }] : []
  })
  const next = wayOut(others)
  const endpoint = next && state.networks.members.get(next.id)?.get(container.id)
  if (!endpoint) return []
  const published = publish(withoutEndpoint(state.networks, left.id, container.id), container, endpoint.id)
  return [{ type: 'network.publish', endpoint: { ...endpoint, ports: published.ports }, cursors: published.cursors }]
}
