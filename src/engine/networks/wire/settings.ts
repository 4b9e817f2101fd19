import { endpointConfig } from '../../containers/config.ts'
import type { Container } from '../../containers/container.ts'
import type { EngineState } from '../../state.ts'
import type { Attachment } from '../attachment.ts'
import { attachmentsOf } from '../attachments.ts'
import { bare, type Endpoint, prefixLength } from '../endpoint.ts'
import { portMap } from './ports.ts'

const NOWHERE = {
  NetworkID: '',
  EndpointID: '',
  Gateway: '',
  IPAddress: '',
  IPPrefixLen: 0,
  IPv6Gateway: '',
  GlobalIPv6Address: '',
  GlobalIPv6PrefixLen: 0,
}

const addresses = ({ id, gateway4, ipv4, gateway6, ipv6 }: Endpoint) => ({
  EndpointID: id,
  Gateway: gateway4,
  IPAddress: bare(ipv4),
  IPPrefixLen: prefixLength(ipv4),
  IPv6Gateway: gateway6,
  GlobalIPv6Address: bare(ipv6),
  GlobalIPv6PrefixLen: prefixLength(ipv6),
})

const endpointOf = ({ networks }: EngineState, { id }: Container, { networkId }: Attachment) =>
  networks.members.get(networkId)?.get(id)

/** api/types/network EndpointSettings, in the order in which Go writes it. */
function endpointSettings(attachment: Attachment, endpoint: Endpoint | undefined): object {
  const { config, networkId, dnsNames } = attachment
  // A MAC that was asked for shows only while there is an endpoint that has it, or before the first start.
  const mac = endpoint?.mac ?? (networkId === '' ? config.macAddress : '')
  const { IPAMConfig, Links, Aliases, DriverOpts, GwPriority } = endpointConfig.encode(config) as Record<
    string,
    unknown
  >
  return {
    IPAMConfig,
    Links,
    Aliases,
    MacAddress: mac,
    DriverOpts,
    GwPriority,
    ...NOWHERE,
    NetworkID: networkId,
    ...(endpoint ? addresses(endpoint) : {}),
    DNSNames: dnsNames,
  }
}

/** `NetworkSettings` of inspect. */
export function settings(state: EngineState, container: Container): unknown {
  const attachments = attachmentsOf(state, container.id)
  const sandbox = state.networks.sandboxes.get(container.id) ?? ''
  const bridge = attachments.find(({ name }) => name === 'bridge')
  return {
    Bridge: '',
    SandboxID: sandbox,
    SandboxKey: sandboxKey(container, sandbox),
    Ports: portMap(state, container),
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    ...onBridge(bridge && endpointOf(state, container, bridge)),
    Networks: Object.fromEntries(
      attachments.map((one) => [one.name, endpointSettings(one, endpointOf(state, container, one))]),
    ),
  }
}

function sandboxKey({ hostConfig }: Container, sandbox: string): string {
  if (sandbox === '') return ''
  return `/var/run/docker/netns/${hostConfig.networkMode === 'host' ? 'default' : sandbox.slice(0, 12)}`
}

/** The fields from before there were several networks tell of the default bridge only. */
function onBridge(endpoint: Endpoint | undefined): object {
  const { EndpointID, Gateway, GlobalIPv6Address, GlobalIPv6PrefixLen, IPAddress, IPPrefixLen, IPv6Gateway } = endpoint
    ? addresses(endpoint)
    : NOWHERE
  return {
    EndpointID,
    Gateway,
    GlobalIPv6Address,
    GlobalIPv6PrefixLen,
    IPAddress,
    IPPrefixLen,
    IPv6Gateway,
    MacAddress: endpoint?.mac ?? '',
  }
}

/** `NetworkSettings` of the list: of the wishes it tells addresses only. */
export function summarySettings(state: EngineState, container: Container): unknown {
  const attachments = attachmentsOf(state, container.id).map((one): [string, object] => {
    const { ipamConfig, gwPriority } = one.config
    const config = { ...endpointConfig.zero, ipamConfig, gwPriority }
    return [one.name, endpointSettings({ ...one, config, dnsNames: null }, endpointOf(state, container, one))]
  })
  return { Networks: Object.fromEntries(attachments) }
}
