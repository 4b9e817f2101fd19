import type { Env } from '../../core/env.ts'
import type { EngineEvent } from '../events.ts'
import type { Network } from './network.ts'
import { pool } from './pool.ts'
import { freeSubnet4 } from './predefined-pools.ts'

const BRIDGE_OPTIONS = {
  'com.docker.network.bridge.default_bridge': 'true',
  'com.docker.network.bridge.enable_icc': 'true',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
  'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
  'com.docker.network.bridge.name': 'docker0',
  'com.docker.network.driver.mtu': '1500',
}

/** The networks that every daemon has, in the order in which it makes them. */
export function initialNetworks(env: Env): readonly EngineEvent[] {
  const subnet = freeSubnet4([])!
  return [
    { type: 'network.create', network: predefined(env, 'none', 'null', -3), pools: [] },
    { type: 'network.create', network: predefined(env, 'host', 'host', -2), pools: [] },
    {
      type: 'network.create',
      network: { ...predefined(env, 'bridge', 'bridge', -1), options: BRIDGE_OPTIONS },
      pools: [pool(subnet, subnet, undefined, [])],
    },
  ]
}

function predefined({ now, id }: Env, name: string, driver: string, ordinal: number): Network {
  return {
    id: id(),
    name,
    created: now,
    ordinal,
    driver,
    scope: 'local',
    enableIPv4: true,
    enableIPv6: false,
    ipam: { driver: 'default', options: null, config: [] },
    internal: false,
    attachable: false,
    ingress: false,
    configOnly: false,
    configFrom: '',
    options: {},
    labels: {},
  }
}
