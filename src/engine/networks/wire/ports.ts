import type { Container } from '../../containers/container.ts'
import type { EngineState } from '../../state.ts'
import { attachmentsOf } from '../attachments.ts'
import type { PortMap } from '../endpoint.ts'

/** The ports of a running container: those of the endpoint that leads out. */
export function portsOf(state: EngineState, { id }: Container): PortMap {
  if (!state.networks.sandboxes.has(id)) return {}
  for (const { networkId } of attachmentsOf(state, id)) {
    const ports = state.networks.members.get(networkId)?.get(id)?.ports
    if (ports) return ports
  }
  return {}
}

/** `Ports` of inspect; Go writes maps in the order of their keys. */
export function portMap(state: EngineState, container: Container): unknown {
  const entries = Object.entries(portsOf(state, container)).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(
    entries.map(([port, bindings]) => [
      port,
      bindings?.map(({ hostIp, hostPort }) => ({ HostIp: hostIp, HostPort: String(hostPort) })) ?? null,
    ]),
  )
}

/** `Ports` of the list: one entry for each binding, one without a public port for what is only exposed. */
export function portList(state: EngineState, container: Container): unknown[] {
  const entries = Object.entries(portsOf(state, container)).map(([port, bindings]) => {
    const [number = '', protocol = 'tcp'] = port.split('/')
    return { number: Number(number), protocol, bindings }
  })
  entries.sort((a, b) => a.number - b.number || (a.protocol < b.protocol ? -1 : 1))
  return entries.flatMap(({ number, protocol, bindings }): unknown[] =>
    bindings === null
      ? [{ PrivatePort: number, Type: protocol }]
      : bindings.map(({ hostIp, hostPort }) => ({
          IP: hostIp,
          PrivatePort: number,
          PublicPort: hostPort,
          Type: protocol,
        })),
  )
}
