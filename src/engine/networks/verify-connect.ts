import type { Container } from '../containers/container.ts'
import type { EngineState } from '../state.ts'
import { attachmentsOf } from './attachments.ts'
import { connectToHost, privateNetwork, sharedNamespace } from './errors.ts'
import type { Network } from './network.ts'

/** Which networks go together. moby: Daemon.updateNetworkConfig */
export function verifyConnect(state: EngineState, container: Container, network: Network): void {
  const { networkMode } = container.hostConfig
  const host = networkMode === 'host'
  if (network.name === 'host' && !host) throw connectToHost
  if (networkMode.startsWith('container:') || (host && network.name !== 'host')) throw sharedNamespace
  const others = attachmentsOf(state, container.id).filter(({ name }) => name !== network.name && name !== network.id)
  if (others.length > 0 && [network.name, ...others.map(({ name }) => name)].includes('none')) throw privateNetwork
}
