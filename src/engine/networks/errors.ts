import { type Kind, Problem } from '../../core/problem.ts'

/** The daemon's exact words. moby: daemon/network.go, daemon/libnetwork/error.go, api/types/network/ipam.go */
export const noSuchNetwork = (ref: string) => new Problem('NotFound', `network ${ref} not found`)
export const ambiguousId = (ref: string, matches: number) =>
  new Problem('InvalidParameter', `network ${ref} is ambiguous (${matches} matches found based on ID prefix)`)

export const predefinedName = (name: string) =>
  new Problem('Forbidden', `operation is not permitted on predefined ${name} network `)
export const cannotRemovePredefined = (name: string) =>
  new Problem('Forbidden', `${name} is a pre-defined network and cannot be removed`)
export const nameTaken = (name: string) => new Problem('Conflict', `network with name ${name} already exists`)
export const emptyName = new Problem('InvalidParameter', 'invalid name: name is empty')
export const noSuchPlugin = (name: string) => new Problem('NotFound', `plugin ${JSON.stringify(name)} not found`)
export const onlyOne = (driver: string) =>
  new Problem('Forbidden', `only one instance of "${driver}" network is allowed`)
export const notSwarmManager = new Problem(
  'Forbidden',
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
)
export const swarmScope = new Problem('Forbidden', 'cannot create a swarm scoped network when swarm is not active')
export const ingressScope = new Problem('Forbidden', 'Ingress network can only be global scope network')
export const operatorFields = new Problem(
  'Forbidden',
  'configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.',
)
export const noConfigNetwork = (name: string) =>
  new Problem('NotFound', `configuration network ${JSON.stringify(name)} does not exist`)
export const dependingConfig = new Problem(
  'Forbidden',
  'a configuration network cannot depend on another configuration network',
)
export const configGiven = new Problem(
  'Forbidden',
  'user specified configurations are not supported if the network depends on a configuration network',
)
export const configInUse = (name: string) =>
  new Problem('Forbidden', `configuration network ${JSON.stringify(name)} is in use`)
export const sameBridge = (id: string, bridge: string, otherId: string) =>
  new Problem(
    'Forbidden',
    `cannot create network ${id} (${bridge}): conflicts with network ${otherId} (${bridge}): networks have same bridge name`,
  )

export const invalidIpam = (words: string) => new Problem('InvalidParameter', `invalid network config:\n${words}`)
export const poolOverlap = new Problem(
  'Forbidden',
  'invalid pool request: Pool overlaps with other one on this address space',
)
export const noPoolLeft = new Problem('InvalidParameter', 'all predefined address pools have been fully subnetted')
export const noAddressLeft = (name: string, id: string, family: 4 | 6) =>
  new Problem('Unavailable', `no available IPv${family} addresses on this network's address pools: ${name} (${id})`)
export const addressInUse = new Problem('Forbidden', 'Address already in use')

export const activeEndpoints = (name: string, endpoints: readonly string[]) =>
  new Problem(
    'Forbidden',
    `error while removing network: network ${name} has active endpoints (${endpoints.join(', ')})`,
  )
export const alreadyConnected = (container: string, network: string) =>
  new Problem('Forbidden', `endpoint with name ${container} already exists in network ${network}`)
export const notConnected = (container: string, network: string) =>
  new Problem('System', `container ${container} is not connected to network ${network}`)
export const noSuchEndpoint = (name: string) => new Problem('NotFound', `endpoint ${name} not found`)
export const connectToHost = new Problem(
  'InvalidParameter',
  'cannot connect container to host network - container must be created in host network mode',
)
export const disconnectFromHost = new Problem(
  'InvalidParameter',
  'cannot disconnect container from host network - container was created in host network mode',
)
export const privateNetwork = new Problem(
  'InvalidParameter',
  'container cannot be connected to multiple networks with one of the networks in private (none) mode',
)
export const sharedNamespace = new Problem(
  'InvalidParameter',
  'container sharing network namespace with another container or host cannot be connected to any other network',
)
export const markedForRemoval = (id: string) =>
  new Problem(
    'Conflict',
    `Container ${id} is marked for removal and cannot be connected or disconnected to the network`,
  )

export const portTaken = (endpoint: string, id: string, ip: string, port: number) =>
  new Problem(
    'System',
    `driver failed programming external connectivity on endpoint ${endpoint} (${id}): Bind for ${ip}:${port} failed: port is already allocated`,
  )

/** At start, whatever goes wrong with networks is told with these words in front. */
export const networkingFailed = ({ kind, message }: Problem) =>
  new Problem(kind, `failed to set up container networking: ${message}`)

/** Several causes at once: one stands alone, more are a list. moby: internal/multierror */
export const joined = (words: readonly string[]): string =>
  words.length === 1 ? words[0]! : words.map((one) => `* ${one}`).join('\n')

export const refused = (message: string, kind: Kind = 'InvalidParameter') => new Problem(kind, message)
