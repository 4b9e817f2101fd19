import type { NetworkSpec } from '../engine/effects.ts'
import { root } from '../storage/caller.ts'
import type { FileSystem } from '../storage/file-system.ts'

const LOOPBACK = [
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'fe00::0\tip6-localnet',
  'ff00::0\tip6-mcastprefix',
  'ff02::1\tip6-allnodes',
  'ff02::2\tip6-allrouters',
]

/** The files the daemon mounts over those of the image: `/etc/<name>`. */
export const NETWORK_FILES = ['hosts', 'hostname', 'resolv.conf'] as const

/** Writes them for a container as the network is now. */
export function writeNetworkFiles(files: FileSystem, hostname: string, network: NetworkSpec, now: bigint): void {
  const caller = root(now)
  const hosts = [...LOOPBACK, ...network.hosts.map(([address, names]) => `${address}\t${names.join(' ')}`)]
  const nameserver = network.resolvers.length > 0 ? '127.0.0.11' : '192.168.65.7'
  const options = network.resolvers.length > 0 ? 'options ndots:0\n' : ''
  files.writeFile(caller, '/hosts', `${hosts.join('\n')}\n`, 0o644)
  files.writeFile(caller, '/hostname', `${hostname}\n`, 0o644)
  files.writeFile(caller, '/resolv.conf', `nameserver ${nameserver}\n${options}`, 0o644)
}
