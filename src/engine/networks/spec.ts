import { Problem } from '../../core/problem.ts'
import type { Container } from '../containers/container.ts'
import { find as findContainer } from '../containers/find.ts'
import type { NetworkSpec, PublishedPort } from '../effects.ts'
import type { EngineState } from '../state.ts'
import { attachmentsOf } from './attachments.ts'
import { bare, type Endpoint } from './endpoint.ts'
import { isUserDefined } from './network.ts'
import { portsOf } from './wire/ports.ts'

const NOTHING: NetworkSpec = { addresses: [], hosts: [], resolvers: [], published: [] }

/** What the machine of a container needs to know; one that joined another's namespace sees that of the other. */
export function specOf(state: EngineState, container: Container): NetworkSpec {
  const owner = namespaceOwner(state, container)
  if (!owner) return NOTHING
  if (owner.id !== container.id) return { ...specOf(state, owner), published: [] }
  const endpoints = endpointsOf(state, container)
  const addresses = endpoints.flatMap(({ ipv4, ipv6 }) => [bare(ipv4), bare(ipv6)]).filter((one) => one !== '')
  return {
    addresses,
    hosts: [
      ...(container.hostConfig.extraHosts ?? []).map(extraHost),
      ...linkedHosts(state, container),
      ...addresses.map((address) => [address, ownNames(container)] as const),
    ],
    resolvers: attachmentsOf(state, container)
      .filter(({ name, networkId }) => isUserDefined(name) && networkId !== '')
      .map(({ networkId }) => networkId),
    published: published(state, container),
  }
}

/** Whose network a container lives in: its own, or that of `container:…`; nothing where that is gone. */
export function namespaceOwner(
  state: EngineState,
  container: Container,
  seen: readonly string[] = [],
): Container | undefined {
  const ref = /^container:(.+)$/.exec(container.hostConfig.networkMode)?.[1]
  if (ref === undefined) return container
  try {
    const other = findContainer(state, ref)
    const path = [...seen, container.id]
    return path.includes(other.id) ? undefined : namespaceOwner(state, other, path)
  } catch (problem) {
    if (problem instanceof Problem) return undefined
    throw problem
  }
}

/** Those of a running container, the default bridge first. */
export function endpointsOf(state: EngineState, container: Container): readonly Endpoint[] {
  const list = [...attachmentsOf(state, container)]
  list.sort((a, b) => Number(b.name === 'bridge') - Number(a.name === 'bridge'))
  return list.flatMap(({ networkId }) => state.networks.members.get(networkId)?.get(container.id) ?? [])
}

function ownNames({ config }: Container): readonly string[] {
  const { hostname, domainname } = config
  return domainname === '' ? [hostname] : [`${hostname}.${domainname}`, hostname]
}

const HOST_GATEWAY = '172.17.0.1'

/** `name:address`; the address may be in brackets, or the host itself. */
function extraHost(entry: string): readonly [string, readonly string[]] {
  const colon = entry.indexOf(':')
  const address = entry.slice(colon + 1).replace(/^\[(.*)\]$/, '$1')
  return [address === 'host-gateway' ? HOST_GATEWAY : address, [entry.slice(0, colon)]]
}

/** On the default bridge links are lines of /etc/hosts. moby: Daemon.addLegacyLinks */
function linkedHosts(state: EngineState, container: Container): readonly (readonly [string, readonly string[]])[] {
  const bridge = state.networks.members.get(state.networks.names.get('bridge') ?? '')
  return container.links.flatMap(({ id, alias }) => {
    const child = state.containers.byId.get(id)
    const address = bare(bridge?.get(id)?.ipv4 ?? '')
    if (!child || address === '') return []
    const hostname = child.config.hostname || id.slice(0, 12)
    return [[address, [...new Set([alias, hostname, child.name])]] as const]
  })
}

function published(state: EngineState, container: Container): readonly PublishedPort[] {
  return Object.entries(portsOf(state, container)).flatMap(([port, bindings]) => {
    const [containerPort = '', protocol = 'tcp'] = port.split('/')
    return (bindings ?? []).map(({ hostIp, hostPort }) => ({
      hostIp,
      hostPort,
      containerPort: Number(containerPort),
      protocol: protocol as PublishedPort['protocol'],
    }))
  })
}
