import { Problem } from '../../core/problem.ts'
import type { EngineState } from '../state.ts'
import type { Container } from './container.ts'
import { find } from './find.ts'

/** Refuses a start where a namespace is to be shared with a container that cannot lend it. moby: getIPCContainer, getPIDContainer */
export function verifyNamespaces(state: EngineState, { hostConfig }: Container): void {
  const ipc = joinedBy(hostConfig.ipcMode)
  if (ipc !== undefined)
    wrapped('failed to join IPC namespace', () => {
      const { ipcMode } = lender(state, ipc).hostConfig
      if (ipcMode !== 'shareable')
        throw words(`container ${ipc}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)`)
    })
  const pid = joinedBy(hostConfig.pidMode)
  if (pid !== undefined) wrapped('failed to join PID namespace', () => lender(state, pid))
}

/** The container that a mode like `container:…` names. */
export const joinedBy = (mode: string): string | undefined => /^container:(.+)$/.exec(mode)?.[1]

function lender(state: EngineState, id: string): Container {
  const container = find(state, id)
  if (!container.flags.running) throw words(`container ${id} is not running`)
  if (container.flags.restarting) throw words(`Container ${id} is restarting, wait until the container is running`)
  return container
}

const words = (message: string) => new Problem('System', message)

function wrapped(what: string, act: () => void): void {
  try {
    act()
  } catch (problem) {
    throw problem instanceof Problem ? words(`${what}: ${problem.message}`) : problem
  }
}
