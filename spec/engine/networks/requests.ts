import { endpointConfig } from '../../../src/engine/containers/config.ts'
import type { EngineCommand } from '../../../src/engine/index.ts'
import type { NetworkRequest } from '../../../src/engine/networks/commands.ts'
import { find } from '../../../src/engine/networks/find.ts'
import type { IpamConfig } from '../../../src/engine/networks/network.ts'
import { network } from '../../../src/engine/networks/wire/network.ts'
import { decode } from '../../../src/http/go-json.ts'
import type { World } from '../world.ts'

export const createNetwork = (name: string, over: Partial<NetworkRequest> = {}): EngineCommand => ({
  type: 'NetworkCreate',
  name,
  driver: '',
  scope: '',
  enableIPv4: null,
  enableIPv6: null,
  ipam: null,
  internal: false,
  attachable: false,
  ingress: false,
  configOnly: false,
  configFrom: '',
  options: null,
  labels: null,
  ...over,
})

export const ipam = (...config: Partial<IpamConfig>[]) => ({
  driver: '',
  options: null,
  config: config.map((one) => ({ subnet: '', ipRange: '', gateway: '', auxAddress: null, ...one })),
})

/** `POST /networks/{id}/connect`, the endpoint's settings as on the wire. */
export const connect = (id: string, container: string, settings: unknown = {}): EngineCommand => ({
  type: 'NetworkConnect',
  id,
  container,
  config: decode(endpointConfig, settings),
})

export const disconnect = (id: string, container: string, force = false): EngineCommand => ({
  type: 'NetworkDisconnect',
  id,
  container,
  force,
})

// biome-ignore lint/suspicious/noExplicitAny: specs look into the answer
export const inspectNetwork = (world: World, name: string): any => network(world.state, find(world.state, name), true)

export const subnetOf = (world: World, name: string): string => inspectNetwork(world, name).IPAM.Config[0].Subnet
