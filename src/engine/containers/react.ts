import { shmDisk } from '../disks.ts'
import type { DiskMount, MachineSpec } from '../effects.ts'
import { networkSpec } from '../networks/endpoints.ts'
import type { EngineReactions } from '../reaction.ts'
import type { EngineState } from '../state.ts'
import { diskMounts } from '../volumes/mounts.ts'
import type { Container } from './container.ts'
import { joinedBy } from './joined-namespaces.ts'

const MAIN = 'main'

/** What the life of a container makes its machine do. */
export const containerReactions: EngineReactions = {
  'container.start': ({ id, process }, state) => {
    const container = state.containers.byId.get(id)
    return container ? [{ kind: 'boot', container: id, process, machine: machineOf(state, container) }] : []
  },
  'container.kill': ({ id, signal }) => [{ kind: 'signal', container: id, process: MAIN, signal }],
  'container.pause': ({ id }) => [{ kind: 'freeze', container: id, frozen: true }],
  'container.unpause': ({ id }) => [{ kind: 'freeze', container: id, frozen: false }],
  'container.die': ({ id }) => [{ kind: 'halt', container: id }],
}

function machineOf(state: EngineState, container: Container): MachineSpec {
  const { config, hostConfig } = container
  return {
    hostname: config.hostname,
    memory: hostConfig.memory,
    pids: hostConfig.pidsLimit ?? 0,
    // In the process namespace of another nobody is PID 1.
    init: (hostConfig.init ?? false) || hostConfig.pidMode !== '',
    readOnlyRoot: hostConfig.readonlyRootfs,
    mounts: diskMounts(state, container),
    sharedMemory: sharedMemory(state, container),
    network: networkSpec(state, container),
  }
}

/** moby: oci_linux.go withMounts, `/dev/shm` */
function sharedMemory({ host, containers }: EngineState, { id, hostConfig }: Container): readonly DiskMount[] {
  const { ipcMode } = hostConfig
  if (ipcMode === 'none') return []
  const isHost = ipcMode === 'host'
  const owner = isHost ? 'host' : (joinedBy(ipcMode) ?? id)
  const { shmSize } = containers.byId.get(owner)?.hostConfig ?? hostConfig
  const size = isHost ? Math.floor(host.memory / 2) : shmSize
  const flags = isHost ? 'nosuid,nodev,relatime' : 'nosuid,nodev,noexec,relatime'
  const options = isHost ? flags : `${flags},size=${Math.ceil(shmSize / 4096) * 4}k`
  const tmpfs = { size, source: isHost ? 'tmpfs' : 'shm', options }
  return [{ disk: shmDisk(owner), from: '/', to: '/dev/shm', readOnly: false, tmpfs }]
}
