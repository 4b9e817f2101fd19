import { Problem } from '../../core/problem.ts'
import type { EngineState } from '../state.ts'
import { type HostConfig, hostConfig, type RestartPolicy } from './config.ts'
import { find } from './find.ts'
import { logConfig } from './log-driver.ts'

const MASKED_PATHS = [
  '/proc/asound',
  '/proc/acpi',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
  '/sys/devices/virtual/powercap',
]
const READONLY_PATHS = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger']
const SHM_SIZE = 64 * 1024 * 1024

const UNSAID = hostConfig.zero.restartPolicy
const NEVER = named(UNSAID)

/** The caller's host config with all that the daemon fills in. moby: Daemon.adaptContainerSettings */
export function completeHostConfig(state: EngineState, given: HostConfig): HostConfig {
  verifySecurityOptions(given.securityOpt)
  if (Object.keys(given.storageOpt ?? {}).length > 0)
    throw new Problem('System', 'Filesystem does not support, or has not enabled quotas')
  const { privileged, memory, memorySwap, memorySwappiness, pidsLimit, restartPolicy } = given
  return {
    ...given,
    logConfig: logConfig(given),
    restartPolicy: restartPolicy === UNSAID ? NEVER : named(restartPolicy),
    memorySwap: memory > 0 && memorySwap === 0 ? memory * 2 : memorySwap,
    memorySwappiness: memorySwappiness === -1 ? null : memorySwappiness,
    oomKillDisable: given.oomKillDisable ?? false,
    pidsLimit: pidsLimit !== null && pidsLimit <= 0 ? null : pidsLimit,
    cpuPercent: 0,
    kernelMemory: 0,
    shmSize: given.shmSize || SHM_SIZE,
    ipcMode: shared(state, given.ipcMode) || 'private',
    pidMode: shared(state, given.pidMode),
    networkMode: known(state, given.networkMode),
    cgroupnsMode: given.cgroupnsMode || 'host',
    runtime: given.runtime || 'runc',
    maskedPaths: given.maskedPaths ?? (privileged ? null : MASKED_PATHS),
    readonlyPaths: given.readonlyPaths ?? (privileged ? null : READONLY_PATHS),
  }
}

function named(policy: RestartPolicy): RestartPolicy {
  return policy.name === '' ? { ...policy, name: 'no' } : policy
}

/** `container:name` becomes `container:id`. */
function shared(state: EngineState, mode: string): string {
  const ref = /^container:(.+)$/.exec(mode)?.[1]
  return ref === undefined ? mode : `container:${find(state, ref).id}`
}

/** A network mode whose container is not there stays as it is: the start refuses it. */
function known(state: EngineState, mode: string): string {
  try {
    return shared(state, mode)
  } catch (problem) {
    if (problem instanceof Problem) return mode
    throw problem
  }
}

const SECURITY_OPTIONS = ['label', 'apparmor', 'seccomp', 'no-new-privileges', 'writable-cgroups']

/** moby: daemon_unix.go parseSecurityOpt */
function verifySecurityOptions(options: readonly string[] | null): void {
  for (const option of options ?? []) {
    if (option === 'no-new-privileges' || option === 'disable') continue
    const key = /^([^=:]*)[=:]/.exec(option)?.[1]
    if (key === undefined) throw new Problem('System', `invalid --security-opt 1: ${JSON.stringify(option)}`)
    if (!SECURITY_OPTIONS.includes(key))
      throw new Problem('System', `invalid --security-opt 2: ${JSON.stringify(option)}`)
  }
}
