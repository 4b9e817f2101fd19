import { Problem } from '../../core/problem.ts'
import type { HostConfig } from './config.ts'

export interface PortRange {
  readonly first: number
  readonly last: number
  readonly protocol: string
}

/** `80`, `80-90`, `80/udp`; undefined for anything else. go-connections: nat.SplitProtoPort, nat.ParsePortRange */
export function parsePorts(text: string): PortRange | undefined {
  const [range = '', protocol = 'tcp'] = text.split('/', 2)
  const match = /^(\d+)(?:-(\d+))?$/.exec(range)
  if (!match) return undefined
  const first = Number(match[1])
  const last = Number(match[2] ?? match[1])
  return first <= last && last <= 65_535 ? { first, last, protocol } : undefined
}

/** moby: daemon/container.go validatePortBindings */
export function verifyPortBindings(ports: HostConfig['portBindings']): void {
  const refused = (spec: string) =>
    new Problem('InvalidParameter', `invalid port specification: ${JSON.stringify(spec)}`)
  for (const [port, bindings] of Object.entries(ports ?? {})) {
    const [number = ''] = port.split('/', 1)
    if (!/^\d+$/.test(number) || !parsePorts(port)) throw refused(port)
    for (const { hostPort } of bindings ?? []) if (hostPort !== '' && !parsePorts(hostPort)) throw refused(hostPort)
  }
}
