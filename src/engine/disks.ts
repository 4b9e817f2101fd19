import type { Snapshot } from '../storage/file-system.ts'
import type { EngineCommand } from './commands.ts'
import type { EngineState } from './state.ts'

/** Disks are named `container:<id>`, `volume:<name>`, `host`, and `tmpfs:<container>:<path>`, which no state keeps. */
export const rootDisk = (container: string): string => `container:${container}`

/** What the state says is on a disk; `undefined` for a tmpfs or one that is gone. */
export function diskSnapshot(state: EngineState, disk: string): Snapshot | undefined {
  const [kind, name] = split(disk)
  return kind === 'container' ? state.containers.roots.get(name) : undefined
}

/** The command that tells the state what programs have made of a disk. */
export function diskWrite(disk: string, snapshot: Snapshot): EngineCommand | undefined {
  const [kind, name] = split(disk)
  return kind === 'container' ? { type: 'ContainerWrite', id: name, root: snapshot } : undefined
}

function split(disk: string): [kind: string, name: string] {
  const colon = disk.indexOf(':')
  return colon < 0 ? [disk, ''] : [disk.slice(0, colon), disk.slice(colon + 1)]
}
