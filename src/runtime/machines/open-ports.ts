import type { NetworkSpec, PublishedPort } from '../../engine/effects.ts'
import { HOST_STACK } from '../../engine/networks/host-address.ts'
import type { Protocol } from '../../programs/kernel/listener.ts'
import type { Machine } from '../../programs/machine.ts'
import type { PortChange } from './switch.ts'

/** A port that a program listens at, where it lives in the host's own stack. */
export function hostPort(
  { stack }: NetworkSpec,
  { port, proto, host }: { readonly port: number; readonly proto: Protocol; readonly host: string },
): PublishedPort | undefined {
  return stack === HOST_STACK ? { hostIp: host, hostPort: port, containerPort: port, protocol: proto } : undefined
}

/** The ports of the host that lead to a running container. */
export function portsOf(network: NetworkSpec, machine: Machine): readonly PublishedPort[] {
  const own = [...machine.kernel.listeners.values()].flatMap((listener) => hostPort(network, listener) ?? [])
  return [...network.published, ...own]
}

/** What opens and what closes when the network of a container changes. */
export function changes(container: string, before: NetworkSpec, after: NetworkSpec): readonly PortChange[] {
  const had = new Map(before.published.map((port) => [keyOf(port), port]))
  const opened = after.published.filter((port) => !had.delete(keyOf(port)))
  return [
    ...opened.map((port) => ({ change: 'open' as const, container, port })),
    ...[...had.values()].map((port) => ({ change: 'close' as const, container, port })),
  ]
}

const keyOf = ({ hostIp, hostPort, protocol }: PublishedPort) => `${hostIp}:${hostPort}/${protocol}`
