import { type Kind, Problem } from '../../core/problem.ts'
import type { Host } from '../system/host.ts'
import type { Resources } from './config.ts'
import { verifyCpuset } from './cpuset.ts'

const MIN_MEMORY = 6 * 1024 * 1024

const refused = (message: string, kind: Kind = 'InvalidParameter') => new Problem(kind, message)

/** Limits that make no sense are refused; gives warnings. moby: verifyPlatformContainerResources */
export function verifyResources(resources: Resources, host: Host, update = false): readonly string[] {
  const warnings = [...verifyMemory(resources, update)]
  verifyCpu(resources, host)
  if (resources.cpuPercent > 0) warnings.push('linux does not support CPU percent. Percent discarded.')
  verifyCpuset(resources.cpusetCpus, 'cpuset cpus', 'CPUs', host.cpus)
  verifyCpuset(resources.cpusetMems, 'cpuset mems', 'memory nodes', 1)
  if (resources.blkioWeight > 0 && (resources.blkioWeight < 10 || resources.blkioWeight > 1000))
    throw refused('Range of blkio weight is from 10 to 1000')
  if (resources.iOMaximumBandwidth !== 0 || resources.iOMaximumIOps !== 0)
    throw refused('Invalid QoS settings: linux does not support Maximum IO Bandwidth or Maximum IO IOps')
  return warnings
}

function verifyMemory(resources: Resources, update: boolean): readonly string[] {
  const { memory, memorySwap, memorySwappiness, memoryReservation, kernelMemory, oomKillDisable } = resources
  if (memory !== 0 && memory < MIN_MEMORY) throw refused('Minimum memory limit allowed is 6MB')
  if (memory > 0 && memorySwap > 0 && memorySwap < memory)
    throw refused('Minimum memoryswap limit should be larger than memory limit, see usage')
  if (memory === 0 && memorySwap > 0 && !update)
    throw refused('You should always set the Memory limit when using Memoryswap limit, see usage')
  if (memorySwappiness !== null && memorySwappiness !== -1 && (memorySwappiness < 0 || memorySwappiness > 100))
    throw refused(`Invalid value: ${memorySwappiness}, valid memory swappiness range is 0-100`)
  if (memoryReservation > 0 && memoryReservation < MIN_MEMORY)
    throw refused('Minimum memory reservation allowed is 6MB')
  if (memory > 0 && memoryReservation > 0 && memory < memoryReservation)
    throw refused('Minimum memory limit can not be less than memory reservation limit, see usage')
  if (kernelMemory > 0 && kernelMemory < MIN_MEMORY) throw refused('Minimum kernel memory limit allowed is 6MB')
  const unlimited = oomKillDisable && memory === 0
  return unlimited
    ? [
        'OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources.',
      ]
    : []
}

function verifyCpu({ nanoCpus, cpuPeriod, cpuQuota }: Resources, { cpus }: Host): void {
  if (nanoCpus > 0 && cpuPeriod > 0) throw refused('Conflicting options: Nano CPUs and CPU Period cannot both be set')
  if (nanoCpus > 0 && cpuQuota > 0) throw refused('Conflicting options: Nano CPUs and CPU Quota cannot both be set')
  if (nanoCpus < 0 || nanoCpus > cpus * 1e9)
    throw refused(`range of CPUs is from 0.01 to ${cpus}.00, as there are only ${cpus} CPUs available`)
  if (cpuPeriod !== 0 && (cpuPeriod < 1000 || cpuPeriod > 1_000_000))
    throw refused('CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)')
  if (cpuQuota > 0 && cpuQuota < 1000) throw refused('CPU cfs quota can not be less than 1ms (i.e. 1000)')
}
