import { Problem } from '../../core/problem.ts'
import type { Container } from '../containers/container.ts'
import { find as findContainer } from '../containers/find.ts'
import type { Interface, NetworkSpec, PublishedPort } from '../effects.ts'
import type { EngineState } from '../state.ts'
import { addressText } from './address.ts'
import { attachmentsOf } from './attachments.ts'
import { bare, type Endpoint } from './endpoint.ts'
import { HOST_ADDRESS, HOST_GATEWAY, HOST_STACK } from './host-address.ts'
import { hasAddresses, isUserDefined } from './network.ts'
import { resolvConf } from './resolv-conf.ts'
import { portsOf } from './wire/ports.ts'

const LOOPBACK: NetworkSpec['hosts'] = [
  ['127.0.0.1', ['localhost']],
  ['::1', ['localhost', 'ip6-localhost', 'ip6-loopback']],
  ['fe00::0', ['ip6-localnet']],
  ['ff00::0', ['ip6-mcastprefix']],
  ['ff02::1', ['ip6-allnodes']],
  ['ff02::2', ['ip6-allrouters']],
]

/** What the machine of a container needs to know; one that joined another's namespace sees that of the other. */
export function specOf(state: EngineState, container: Container): NetworkSpec {
  const owner = namespaceOwner(state, container)
  if (!owner) return cutOff(container)
  if (owner.id !== container.id) return { ...specOf(state, owner), published: [] }
  if (container.hostConfig.networkMode === 'host') return ofHost(state, container)
  const endpoints = endpointsOf(state, container)
  const addresses = endpoints.flatMap(addressesOf)
  const resolvers = attachmentsOf(state, container.id)
    .filter(({ name, networkId }) => isUserDefined(name) && networkId !== '')
    .map(({ networkId }) => networkId)
  return {
    stack: container.id,
    interfaces: endpoints.flatMap((endpoint) => interfaceOf(state, endpoint)),
    addresses,
    hosts: [
      ...LOOPBACK,
      ...(container.hostConfig.extraHosts ?? []).map(extraHost),
      ...linkedHosts(state, container),
      ...addresses.map((address) => [address, ownNames(container)] as const),
    ],
    resolvers,
    resolvConf: resolvConf(container.hostConfig, resolvers.length > 0),
    published: published(state, container),
  }
}

/** A container whose network is gone, as that of one that it shared it with. */
const cutOff = ({ id, hostConfig }: Container): NetworkSpec => ({
  stack: id,
  interfaces: [],
  addresses: [],
  hosts: LOOPBACK,
  resolvers: [],
  resolvConf: resolvConf(hostConfig, false),
  published: [],
})

function ofHost({ networks }: EngineState, { config, hostConfig }: Container): NetworkSpec {
  const bridges = [...networks.pools.values()].flat().map(({ gateway }) => addressText(gateway))
  return {
    stack: HOST_STACK,
    interfaces: [],
    addresses: [HOST_ADDRESS, ...bridges],
    hosts: [...LOOPBACK, ['127.0.1.1', [config.hostname]], ...(hostConfig.extraHosts ?? []).map(extraHost)],
    resolvers: [],
    resolvConf: resolvConf(hostConfig, false),
    published: [],
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
function endpointsOf(state: EngineState, container: Container): readonly Endpoint[] {
  const list = [...attachmentsOf(state, container.id)]
  list.sort((a, b) => Number(b.name === 'bridge') - Number(a.name === 'bridge'))
  return list.flatMap(({ networkId }) => state.networks.members.get(networkId)?.get(container.id) ?? [])
}

const addressesOf = ({ ipv4, ipv6 }: Endpoint) => [bare(ipv4), bare(ipv6)].filter((address) => address !== '')

function interfaceOf({ networks }: EngineState, endpoint: Endpoint): readonly Interface[] {
  const network = networks.byId.get(endpoint.network)
  if (!network || !hasAddresses(network)) return []
  return [
    {
      network: network.id,
      addresses: addressesOf(endpoint),
      gateways: (networks.pools.get(network.id) ?? []).map(({ gateway }) => addressText(gateway)),
      internal: network.internal,
      isolated: network.options['com.docker.network.bridge.enable_icc'] === 'false',
    },
  ]
}

function ownNames({ config }: Container): readonly string[] {
  const { hostname, domainname } = config
  return domainname === '' ? [hostname] : [`${hostname}.${domainname}`, hostname]
}

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
