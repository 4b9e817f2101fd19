import type { NetworkSpec } from '../../engine/effects.ts'
import { root } from '../../storage/caller.ts'
import type { FileSystem } from '../../storage/file-system.ts'

/** The files the daemon mounts over those of the image: `/etc/<name>`. */
export const NETWORK_FILES = ['hosts', 'hostname', 'resolv.conf'] as const

/** Writes them for a container as the network is now. */
export function writeNetworkFiles(files: FileSystem, hostname: string, network: NetworkSpec, now: bigint): void {
  const caller = root(now)
  const hosts = network.hosts.map(([address, names]) => `${address}\t${names.join(' ')}`)
  files.writeFile(caller, '/hosts', `${hosts.join('\n')}\n`, 0o644)
  files.writeFile(caller, '/hostname', `${hostname}\n`, 0o644)
  files.writeFile(caller, '/resolv.conf', `${network.resolvConf.join('\n')}\n`, 0o644)
}
