import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { NetworkRequest } from './commands.ts'
import { dealPools } from './deal-pools.ts'
import {
  configGiven,
  dependingConfig,
  emptyName,
  ingressScope,
  nameTaken,
  noConfigNetwork,
  noSuchPlugin,
  notSwarmManager,
  onlyOne,
  operatorFields,
  predefinedName,
  sameBridge,
  swarmScope,
} from './errors.ts'
import { type Ipam, isPredefined, type Network } from './network.ts'
import { verifyIpam } from './verify-ipam.ts'

const DRIVERS: ReadonlySet<string> = new Set(['bridge', 'host', 'null', 'macvlan', 'ipvlan', 'overlay'])
const IPAM_DRIVERS: ReadonlySet<string> = new Set(['', 'default'])
const NO_IPAM: Ipam = { driver: 'default', options: null, config: [] }
const BRIDGE_NAME = 'com.docker.network.bridge.name'

/** moby: Daemon.createNetwork, libnetwork's Controller.NewNetwork */
export const create: EngineVerb<NetworkRequest> = (state, request, env) => {
  verify(state, request)
  const lender = request.configFrom === '' ? undefined : configNetwork(state, request)
  const id = env.id()
  const network = { id, created: env.now, ordinal: env.position, ...described(request, lender) }
  if (request.configOnly) return [{ type: 'network.create', network, pools: [] }]
  if (!IPAM_DRIVERS.has(network.ipam.driver)) throw noSuchPlugin(network.ipam.driver)
  const pools = dealPools(state, network.ipam.config, network)
  verifyBridge(state, network)
  return [{ type: 'network.create', network, pools }]
}

function verify(state: EngineState, request: NetworkRequest): void {
  const { name, driver, scope, ingress, ipam, configOnly, configFrom } = request
  if (isPredefined(name)) throw predefinedName(name)
  if (driver === 'overlay') throw notSwarmManager
  verifyIpam(ipam, request.enableIPv6 ?? false)
  if (name.trim() === '') throw emptyName
  if (state.networks.names.has(name)) throw nameTaken(name)
  if (configOnly && (ingress || request.internal || request.attachable || scope !== '')) throw operatorFields
  if (configOnly && configFrom !== '') throw dependingConfig
  if (!DRIVERS.has(driver || 'bridge')) throw noSuchPlugin(driver)
  if (ingress) throw ingressScope
  if (scope === 'swarm' || scope === 'global') throw swarmScope
  if (driver === 'host' || driver === 'null') throw onlyOne(driver)
}

function configNetwork(state: EngineState, { configFrom, ipam, options }: NetworkRequest): Network {
  const lender = state.networks.byId.get(state.networks.names.get(configFrom) ?? '')
  if (!lender?.configOnly) throw noConfigNetwork(configFrom)
  if (ipam?.config.length || Object.keys(options ?? {}).length > 0) throw configGiven
  return lender
}

function described(request: NetworkRequest, lender: Network | undefined): Omit<Network, 'id' | 'created' | 'ordinal'> {
  const { name, driver, internal, attachable, ingress, configOnly, configFrom } = request
  const ipam = request.ipam ?? NO_IPAM
  return {
    name,
    driver: configOnly ? 'null' : driver || 'bridge',
    scope: 'local',
    enableIPv4: request.enableIPv4 ?? true,
    enableIPv6: lender?.enableIPv6 ?? request.enableIPv6 ?? false,
    ipam: lender?.ipam ?? { ...ipam, driver: ipam.driver || 'default' },
    internal,
    attachable,
    ingress,
    configOnly,
    configFrom,
    options: lender?.options ?? request.options ?? {},
    labels: { ...lender?.labels, ...request.labels },
  }
}

function verifyBridge({ networks }: EngineState, { id, options }: Network): void {
  const bridge = options[BRIDGE_NAME]
  if (bridge === undefined) return
  const other = networks.byId.values().find((one) => one.options[BRIDGE_NAME] === bridge)
  if (other) throw sameBridge(id, bridge, other.id)
}
