import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import type { Container } from '../containers/container.ts'
import { find as findContainer } from '../containers/find.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { Attachment } from './attachment.ts'
import { attachmentsOf, defaultAttachment, named, networkOf } from './attachments.ts'
import type { Endpoint } from './endpoint.ts'
import { alreadyConnected, networkingFailed, noSuchNetwork, refused } from './errors.ts'
import type { Network } from './network.ts'
import { newEndpoint } from './new-endpoint.ts'
import { publish } from './ports.ts'
import { namespaceOwner } from './spec.ts'
import { verifyConnect } from './verify-connect.ts'
import { verifyEndpoint } from './verify-endpoint.ts'

/** At start: a namespace, and an endpoint on each of the networks; or that of another container. */
export function joinAll(state: EngineState, container: Container, env: Env): readonly EngineEvent[] {
  const { networkMode } = container.hostConfig
  if (networkMode.startsWith('container:')) {
    const owner = joined(state, container, networkMode.slice('container:'.length))
    return [{ type: 'network.share', container: container.id, owner: namespaceOwner(state, owner)?.id ?? owner.id }]
  }
  const sandbox: EngineEvent = { type: 'network.sandbox', container: container.id, sandbox: env.id() }
  if (container.config.networkDisabled) return [sandbox]
  try {
    return [sandbox, ...joinEach(state, container, env)]
  } catch (problem) {
    throw problem instanceof Problem ? networkingFailed(problem) : problem
  }
}

/** moby: Daemon.getNetworkedContainer */
function joined(state: EngineState, { id }: Container, ref: string): Container {
  const other = joinedContainer(state, ref)
  if (other.id === id) throw refused('cannot join own network namespace')
  if (!other.flags.running)
    throw refused(
      `cannot join network namespace of a non running container: container ${other.name} is ${stateWord(other)}`,
      'Conflict',
    )
  if (other.flags.restarting)
    throw refused(
      `cannot join network namespace of container: Container ${ref} is restarting, wait until the container is running`,
      'Conflict',
    )
  return other
}

function joinedContainer(state: EngineState, ref: string): Container {
  try {
    return findContainer(state, ref)
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    throw refused(`joining network namespace of container: ${problem.message}`, 'System')
  }
}

const stateWord = ({ flags }: Container) => (flags.finishedAt > 0 ? 'exited' : 'created')

/** The default bridge comes first, then the others by name. */
function joinEach(state: EngineState, container: Container, env: Env): readonly EngineEvent[] {
  const known = attachmentsOf(state, container.id)
  const list = known.length > 0 ? known : [defaultAttachment(container)]
  const wanted = list.map((attachment) => {
    const network = networkOf(state, attachment)
    if (!network) throw noSuchNetwork(attachment.networkId || attachment.name)
    return { attachment, network }
  })
  wanted.sort((a, b) => Number(b.network.name === 'bridge') - Number(a.network.name === 'bridge'))
  const way = wayOut(wanted)
  return wanted.map(({ attachment, network }) => connected(state, container, network, attachment, env, network === way))
}

/** The network that leads out of a container and carries its published ports. moby: Sandbox.getGatewayEndpoint */
export function wayOut(
  wanted: readonly { readonly attachment: Attachment; readonly network: Network }[],
): Network | undefined {
  const [best] = wanted
    .filter(({ network }) => network.driver === 'bridge' && !network.internal)
    .sort(
      (a, b) =>
        b.attachment.config.gwPriority - a.attachment.config.gwPriority || (a.network.name < b.network.name ? -1 : 1),
    )
  return best?.network
}

/** One more endpoint of a running, or starting, container. */
export function connected(
  state: EngineState,
  container: Container,
  network: Network,
  attachment: Attachment,
  env: Env,
  leadsOut: boolean,
): EngineEvent & { readonly type: 'network.connect' } {
  verifyConnect(state, container, network)
  verifyEndpoint(attachment.config, network.name, network)
  if (state.networks.members.get(network.id)?.has(container.id)) throw alreadyConnected(container.name, network.name)
  const plain = newEndpoint(state, network, container, attachment.config, env)
  const { ports, cursors } = leadsOut ? publish(state.networks, container, plain.id) : NOTHING
  const endpoint: Endpoint = { ...plain, ports }
  return {
    type: 'network.connect',
    id: network.id,
    container: container.id,
    endpoint,
    attachment: { ...named(attachment, container, network), networkId: network.id },
    key: attachment.name,
    cursors,
  }
}

const NOTHING = { ports: undefined, cursors: {} }
