import { endpointConfig } from '../containers/config.ts'
import type { Container } from '../containers/container.ts'
import type { EngineState } from '../state.ts'
import type { Attachment } from './attachment.ts'
import { dnsNames } from './attachment.ts'
import { lookup } from './find.ts'
import { isUserDefined, type Network } from './network.ts'

/** What a container is, or will be, connected to. */
export const attachmentsOf = ({ containers }: EngineState, id: string): readonly Attachment[] =>
  containers.byId.get(id)?.attachments ?? []

/** Its network, by the id it had at the last start. */
export const networkOf = (state: EngineState, { networkId, name }: Attachment): Network | undefined =>
  networkId === '' ? lookup(state, name) : state.networks.byId.get(networkId)

/** The network a container joins if nothing is said of endpoints. */
export const defaultAttachment = ({ hostConfig }: Container): Attachment => ({
  name: hostConfig.networkMode === 'default' ? 'bridge' : hostConfig.networkMode,
  networkId: '',
  config: endpointConfig.zero,
  dnsNames: null,
})

/** The attachment with its names in the DNS of a user's network. */
export function named(attachment: Attachment, container: Container, network: Network): Attachment {
  if (!isUserDefined(network.name)) return { ...attachment, name: network.name }
  const { id, name, config } = container
  const names = dnsNames({ id, name, hostname: config.hostname }, attachment.config.aliases)
  return { ...attachment, name: network.name, dnsNames: names }
}
