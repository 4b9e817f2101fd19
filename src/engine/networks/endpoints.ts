import type { Env } from '../../core/env.ts'
import type { EndpointConfig, HostConfig } from '../containers/config.ts'
import type { Container } from '../containers/container.ts'
import type { NetworkSpec } from '../effects.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'

/** At create: refuses what the daemon refuses then, and gives the networks to join, by name, in order. */
export function wantedEndpoints(
  _state: EngineState,
  hostConfig: HostConfig,
  requested: Readonly<Record<string, EndpointConfig | null>> | null,
): Readonly<Record<string, EndpointConfig>> {
  void requested
  void hostConfig
  return {}
}

/** At start: allocates addresses and ports (`network.connect` events…), or refuses with the daemon's words. */
export function connectAll(_state: EngineState, _container: Container, _env: Env): readonly EngineEvent[] {
  return []
}

/** At exit: `network.disconnect` events in the daemon's order. */
export function disconnectAll(_state: EngineState, _container: Container): readonly EngineEvent[] {
  return []
}

/** What the machine of a running container needs to know. */
export function networkSpec(_state: EngineState, _container: Container): NetworkSpec {
  return { addresses: [], hosts: [], resolvers: [], published: [] }
}

/** `NetworkSettings` of inspect. */
export function networkSettings(_state: EngineState, _container: Container): unknown {
  return {}
}

/** `NetworkSettings` and `Ports` of the list. */
export function networkSummary(
  _state: EngineState,
  _container: Container,
): { networkSettings: unknown; ports: unknown[] } {
  return { networkSettings: { Networks: {} }, ports: [] }
}

/** The networks that a container is on, or would be: for the list's `network` filter. */
export function containerNetworks(
  _state: EngineState,
  _container: Container,
): readonly { readonly name: string; readonly id: string }[] {
  return []
}

/** Its ports: for the list's `publish` and `expose` filters. */
export function containerPorts(
  _state: EngineState,
  _container: Container,
): readonly { readonly privatePort: number; readonly publicPort: number | undefined; readonly protocol: string }[] {
  return []
}
