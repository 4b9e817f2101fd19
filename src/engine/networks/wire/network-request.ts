import { optionalJson } from '../../../http/body.ts'
import { as, bool, decode, list, map, nullable, string, struct } from '../../../http/go-json.ts'
import type { Input } from '../../../http/input.ts'
import { endpointConfig } from '../../containers/config.ts'
import type { NetworkCommands, NetworkRequest } from '../commands.ts'

const ipamConfig = struct('IPAMConfig', {
  subnet: string,
  ipRange: as('IPRange', string),
  gateway: string,
  auxAddress: as('AuxiliaryAddresses', map(string)),
})
const ipam = struct('IPAM', { driver: string, options: map(string), config: list(ipamConfig, '[]network.IPAMConfig') })

/** api/types/network CreateRequest. */
const createRequest = struct('CreateRequest', {
  name: string,
  driver: string,
  scope: string,
  enableIPv4: nullable(bool),
  enableIPv6: nullable(bool),
  ipam: as('IPAM', nullable(ipam)),
  internal: bool,
  attachable: bool,
  ingress: bool,
  configOnly: bool,
  configFrom: nullable(struct('ConfigReference', { network: string })),
  options: map(string),
  labels: map(string),
})

export function networkRequestOf(input: Input): NetworkRequest {
  const request = decode(createRequest, optionalJson(input))
  return {
    ...request,
    ipam: request.ipam && { ...request.ipam, config: request.ipam.config ?? [] },
    configFrom: request.configFrom?.network ?? '',
  }
}

const connectRequest = struct('ConnectOptions', {
  container: string,
  endpointConfig: nullable(endpointConfig),
})

export function connectRequestOf(input: Input): NetworkCommands['NetworkConnect'] {
  const { container, endpointConfig: config } = decode(connectRequest, optionalJson(input))
  return { id: input.params.id!, container, config: config ?? endpointConfig.zero }
}

const disconnectRequest = struct('DisconnectOptions', { container: string, force: bool })

export function disconnectRequestOf(input: Input): NetworkCommands['NetworkDisconnect'] {
  return { id: input.params.id!, ...decode(disconnectRequest, optionalJson(input)) }
}
