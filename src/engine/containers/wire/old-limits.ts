import { decode, int64, string, struct } from '../../../http/go-json.ts'
import { versionBelow } from '../../api-version.ts'
import type { HostConfig } from '../config.ts'

/** Limits stood in the config, not in the host config, up to API 1.17. */
const oldLimits = struct('Config', { memory: int64, memorySwap: int64, cpuShares: int64, cpuset: string })

/** The host config with the limits that an old client gave beside it. */
export function withOldLimits(version: string, body: unknown, hostConfig: HostConfig): HostConfig {
  if (!versionBelow(version, '1.18')) return hostConfig
  const { memory, memorySwap, cpuShares, cpuset } = decode(oldLimits, body)
  return {
    ...hostConfig,
    memory: hostConfig.memory || memory,
    memorySwap: hostConfig.memorySwap || memorySwap,
    cpuShares: hostConfig.cpuShares || cpuShares,
    cpusetCpus: hostConfig.cpusetCpus || cpuset,
  }
}
