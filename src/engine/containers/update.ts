import { Problem } from '../../core/problem.ts'
import type { EngineVerb } from '../verb.ts'
import type { ContainerCommands } from './commands.ts'
import type { HostConfig, Resources } from './config.ts'
import { wrapping } from './errors.ts'
import { find } from './find.ts'
import { hasRestartPolicy, verifyRestartPolicy } from './restart-policy.ts'
import { verifyResources } from './verify-resources.ts'

/** moby: daemon/update.go, container_unix.go UpdateContainer */
export const update: EngineVerb<ContainerCommands['ContainerUpdate']> = (
  state,
  { id: ref, resources, restartPolicy },
) => {
  verifyRestartPolicy(restartPolicy)
  verifyResources(resources, state.host, true)
  const { id, hostConfig, flags } = find(state, ref)
  return wrapping(`Cannot update container ${id}`, () => {
    if (flags.removing || flags.dead)
      throw new Problem('Conflict', 'container is marked for removal and cannot be "update"')
    verifyChange(hostConfig, resources)
    if (restartPolicy.name !== '' && hostConfig.autoRemove && hasRestartPolicy(restartPolicy))
      throw conflict('Restart policy cannot be updated because AutoRemove is enabled for the container')
    const policy = restartPolicy.name === '' ? hostConfig.restartPolicy : restartPolicy
    return [{ type: 'container.update', id, hostConfig: { ...overlay(hostConfig, resources), restartPolicy: policy } }]
  })
}

const conflict = (message: string) => new Problem('Conflict', message)

function verifyChange(before: HostConfig, { nanoCpus, cpuPeriod, cpuQuota, memory, memorySwap }: Resources): void {
  const fixed = (what: string, by: string) =>
    conflict(`Conflicting options: ${what} cannot be updated as ${by} has already been set`)
  if (nanoCpus > 0 && before.cpuPeriod > 0) throw fixed('Nano CPUs', 'CPU Period')
  if (nanoCpus > 0 && before.cpuQuota > 0) throw fixed('Nano CPUs', 'CPU Quota')
  if (cpuPeriod > 0 && before.nanoCpus > 0) throw fixed('CPU Period', 'NanoCPUs')
  if (cpuQuota > 0 && before.nanoCpus > 0) throw fixed('CPU Quota', 'NanoCPUs')
  if (memory !== 0 && memorySwap === 0 && memory > before.memorySwap)
    throw conflict(
      'Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time',
    )
}

/** Zero means: leave it as it is. */
function overlay(before: HostConfig, given: Resources): HostConfig {
  const { pidsLimit } = given
  return {
    ...before,
    blkioWeight: given.blkioWeight || before.blkioWeight,
    cpuShares: given.cpuShares || before.cpuShares,
    nanoCpus: given.nanoCpus || before.nanoCpus,
    cpuPeriod: given.cpuPeriod || before.cpuPeriod,
    cpuQuota: given.cpuQuota || before.cpuQuota,
    cpusetCpus: given.cpusetCpus || before.cpusetCpus,
    cpusetMems: given.cpusetMems || before.cpusetMems,
    memory: given.memory || before.memory,
    memorySwap: given.memorySwap || before.memorySwap,
    memoryReservation: given.memoryReservation || before.memoryReservation,
    cpuRealtimePeriod: given.cpuRealtimePeriod || before.cpuRealtimePeriod,
    cpuRealtimeRuntime: given.cpuRealtimeRuntime || before.cpuRealtimeRuntime,
    pidsLimit: pidsLimit === null ? before.pidsLimit : Math.max(0, pidsLimit),
  }
}
