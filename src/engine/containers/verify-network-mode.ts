import { type Kind, Problem } from '../../core/problem.ts'
import type { Config, HostConfig } from './config.ts'

const refused = (message: string, kind: Kind = 'InvalidParameter') => new Problem(kind, message)

/** Options that the network mode rules out. moby: runconfig/hostconfig_unix.go validateNetMode */
export function verifyNetworkMode(config: Config, hostConfig: HostConfig): void {
  const { networkMode, links, utsMode } = hostConfig
  if (networkMode.split(':')[0] === 'container') verifyJoined(config, hostConfig)
  if (utsMode === 'host' && config.hostname !== '') throw refused('conflicting options: hostname and the UTS mode')
  if (networkMode === 'host' && links?.length)
    throw refused(
      "conflicting options: host type networking can't be used with links. This would result in undefined behavior",
    )
}

function verifyJoined(config: Config, hostConfig: HostConfig): void {
  if (!hostConfig.networkMode.split(':')[1])
    throw refused('Invalid network mode: invalid container format container:<name|id>')
  const conflicts: readonly (readonly [unknown, string])[] = [
    [config.hostname, 'conflicting options: hostname and the network mode'],
    [
      hostConfig.links?.length,
      "conflicting options: container type network can't be used with links. This would result in undefined behavior",
    ],
    [hostConfig.dns?.length, 'conflicting options: dns and the network mode'],
    [hostConfig.extraHosts?.length, 'conflicting options: custom host-to-IP mapping and the network mode'],
    [config.macAddress, 'conflicting options: mac-address and the network mode'],
    [
      Object.keys(hostConfig.portBindings ?? {}).length > 0 || hostConfig.publishAllPorts,
      'conflicting options: port publishing and the container type network mode',
    ],
    [
      Object.keys(config.exposedPorts ?? {}).length > 0,
      'conflicting options: port exposing and the container type network mode',
    ],
  ]
  for (const [given, message] of conflicts) if (given) throw refused(message)
}
