import { type Kind, Problem } from '../../core/problem.ts'
import type { Host } from '../system/host.ts'
import { verifyCapabilities } from './capabilities.ts'
import type { HostConfig } from './config.ts'
import { verifyPortBindings } from './port-spec.ts'
import { hasRestartPolicy, verifyRestartPolicy } from './restart-policy.ts'
import { verifyResources } from './verify-resources.ts'

const refused = (message: string, kind: Kind = 'InvalidParameter') => new Problem(kind, message)

/** What can be said of a host config without the rest of the state; gives warnings. moby: verifyContainerSettings */
export function verifyHostConfig(hostConfig: HostConfig, host: Host): readonly string[] {
  if (hostConfig.autoRemove && hasRestartPolicy(hostConfig.restartPolicy))
    throw refused("can't create 'AutoRemove' container with restart policy")
  for (const entry of hostConfig.extraHosts ?? []) verifyExtraHost(entry)
  verifyPortBindings(hostConfig.portBindings)
  verifyRestartPolicy(hostConfig.restartPolicy)
  verifyCapabilities('CapAdd', hostConfig.capAdd)
  verifyCapabilities('CapDrop', hostConfig.capDrop)
  if (!['', 'default'].includes(hostConfig.isolation.toLowerCase()))
    throw refused(`invalid isolation '${hostConfig.isolation}' on linux`)
  if (Object.hasOwn(hostConfig.annotations ?? {}, ''))
    throw refused('invalid Annotations: the empty string is not permitted as an annotation key')
  return [...verifyResources(hostConfig, host), ...verifyPlatform(hostConfig)]
}

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[?[0-9a-fA-F:]*:[0-9a-fA-F:.]*\]?)$/

function verifyExtraHost(entry: string): void {
  const colon = entry.indexOf(':')
  if (colon <= 0) throw refused(`bad format for add-host: ${JSON.stringify(entry)}`)
  const address = entry.slice(colon + 1)
  if (address !== 'host-gateway' && !ADDRESS.test(address))
    throw refused(`invalid IP address in add-host: ${JSON.stringify(address)}`)
}

const container = /^container:.+$/

function verifyPlatform(hostConfig: HostConfig): readonly string[] {
  const { ipcMode, pidMode, utsMode, oomScoreAdj, shmSize, cgroupnsMode, runtime } = hostConfig
  if (!['', 'none', 'private', 'host', 'shareable'].includes(ipcMode) && !container.test(ipcMode))
    throw refused(`invalid IPC mode: ${ipcMode}`)
  if (!['', 'host'].includes(pidMode) && !container.test(pidMode)) throw refused(`invalid PID mode: ${pidMode}`)
  if (shmSize < 0) throw refused('SHM size can not be less than 0')
  if (!['', 'host'].includes(utsMode)) throw refused(`invalid UTS mode: ${utsMode}`)
  if (oomScoreAdj < -1000 || oomScoreAdj > 1000)
    throw refused(`Invalid value ${oomScoreAdj}, range for oom score adj is [-1000, 1000]`)
  if (!['', 'runc', 'io.containerd.runc.v2'].includes(runtime))
    throw refused(`unknown or invalid runtime name: ${runtime}`)
  for (const path of Object.keys(hostConfig.tmpfs ?? {})) verifyTmpfs(path)
  if (!['', 'private', 'host'].includes(cgroupnsMode)) throw refused(`invalid cgroup namespace mode: ${cgroupnsMode}`)
  const discarded = hostConfig.networkMode === 'host' && Object.keys(hostConfig.portBindings ?? {}).length > 0
  return discarded ? ['Published ports are discarded when using host network mode'] : []
}

function verifyTmpfs(path: string): void {
  if (!path.startsWith('/')) throw refused(`invalid mount path: '${path}' mount path must be absolute`)
  if (/^\/+$/.test(path)) throw refused(`invalid specification: destination can't be '/'`)
}
