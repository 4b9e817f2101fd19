import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import { type EndpointConfig, endpointConfig, type HostConfig } from '../containers/config.ts'
import { type Container, none } from '../containers/container.ts'
import { parsePorts } from '../containers/port-spec.ts'
import type { NetworkSpec } from '../effects.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { type Attachment, withAttachment } from './attachment.ts'
import { attachmentsOf } from './attachments.ts'
import { joined, refused } from './errors.ts'
import { lookup } from './find.ts'
import { joinAll } from './join.ts'
import { leaveAll } from './leave.ts'
import { isUserDefined } from './network.ts'
import { exposedPorts } from './ports.ts'
import { specOf } from './spec.ts'
import { verifyEndpoint } from './verify-endpoint.ts'
import { portList } from './wire/ports.ts'
import { settings, summarySettings } from './wire/settings.ts'

/** At create: refuses what the daemon refuses then, and gives the networks to join, by the name or id the caller gave. */
export function wantedAttachments(
  state: EngineState,
  hostConfig: HostConfig,
  requested: Readonly<Record<string, EndpointConfig | null>> | null,
): readonly Attachment[] {
  const wanted = Object.entries(requested ?? {}).map(([name, config]) => [name, config ?? endpointConfig.zero] as const)
  const problems = wanted.flatMap(([name, config]) => problemsOf(state, name, config))
  if (problems.length > 0) throw refused(joined(problems))
  const mode = modeNetwork(state, hostConfig.networkMode)
  if (mode.startsWith('container:')) return none
  if (wanted.length === 0) return alone(mode)
  // The main network is kept by its name, whatever the caller called it.
  const id = isUserDefined(mode) ? lookup(state, mode)?.id : undefined
  return wanted
    .map(([name, config]) => attachmentTo(name === id || name === 'default' ? mode : name, config))
    .reduce(withAttachment, none)
}

const attachmentTo = (name: string, config: EndpointConfig): Attachment => ({
  name,
  networkId: '',
  config,
  dnsNames: null,
})

/** Containers that say nothing share what they say. */
const usual = new Map(['bridge', 'host', 'none'].map((name) => [name, [attachmentTo(name, endpointConfig.zero)]]))

const alone = (mode: string) => usual.get(mode) ?? [attachmentTo(mode, endpointConfig.zero)]

function modeNetwork(state: EngineState, mode: string): string {
  if (mode === '' || mode === 'default') return 'bridge'
  return isUserDefined(mode) ? (lookup(state, mode)?.name ?? mode) : mode
}

function problemsOf(state: EngineState, name: string, config: EndpointConfig): string[] {
  try {
    verifyEndpoint(config, name, lookup(state, name))
    return []
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return [`invalid config for network ${name}: ${problem.message}`]
  }
}

/** At start: allocates addresses and ports (`network.connect` events…), or refuses with the daemon's words. */
export function connectAll(state: EngineState, container: Container, env: Env): readonly EngineEvent[] {
  return joinAll(state, container, env)
}

/** At exit: `network.disconnect` events in the daemon's order. */
export function disconnectAll(state: EngineState, container: Container): readonly EngineEvent[] {
  return leaveAll(state, container)
}

/** What the machine of a running container needs to know. */
export function networkSpec(state: EngineState, container: Container): NetworkSpec {
  return specOf(state, container)
}

/** `NetworkSettings` of inspect. */
export function networkSettings(state: EngineState, container: Container): unknown {
  return settings(state, container)
}

/** `NetworkSettings` and `Ports` of the list. */
export function networkSummary(
  state: EngineState,
  container: Container,
): { networkSettings: unknown; ports: unknown[] } {
  return { networkSettings: summarySettings(state, container), ports: portList(state, container) }
}

/** The networks that a container is on, or would be: for the list's `network` filter. */
export function containerNetworks(
  state: EngineState,
  container: Container,
): readonly { readonly name: string; readonly id: string }[] {
  return attachmentsOf(state, container.id).map(({ name, networkId }) => ({ name, id: networkId }))
}

/** Its ports: for the list's `publish` and `expose` filters. Both are about the container's side, running or not. */
export function containerPorts(
  _state: EngineState,
  container: Container,
): readonly { readonly privatePort: number; readonly publicPort: number | undefined; readonly protocol: string }[] {
  const exposed = exposedPorts(container).map(({ number, protocol }) => ({
    privatePort: number,
    publicPort: undefined,
    protocol,
  }))
  const published = Object.keys(container.hostConfig.portBindings ?? {}).flatMap((text) => {
    const port = parsePorts(text)
    return port ? [{ privatePort: -1, publicPort: port.first, protocol: port.protocol }] : []
  })
  return [...exposed, ...published]
}
