import type { EngineCommand } from '../../../src/engine/index.ts'
import type { VolumeRequest } from '../../../src/engine/volumes/commands.ts'
import { FileSystem } from '../../../src/storage/file-system.ts'
import type { World } from '../world.ts'

export const createVolume = (name: string, over: Partial<VolumeRequest> = {}): EngineCommand => ({
  type: 'VolumeCreate',
  name,
  driver: '',
  driverOpts: null,
  labels: null,
  ...over,
})

export const removeVolume = (name: string, force = false): EngineCommand => ({ type: 'VolumeDelete', name, force })

export const removeContainer = (id: string, volumes = false): EngineCommand => ({
  type: 'ContainerDelete',
  id,
  force: false,
  volumes,
  link: false,
})

export const files = (world: World, volume: string): FileSystem =>
  new FileSystem(world.state.volumes.contents.get(volume))

export const hostFiles = (world: World): FileSystem => new FileSystem(world.state.volumes.host)

/** `message` of the refusal of a create with this host config, or `ok`. */
export function refusal(world: World, HostConfig: Record<string, unknown>, body: Record<string, unknown> = {}): string {
  try {
    world.create('probe', { ...body, HostConfig })
    return 'ok'
  } catch (problem) {
    const { kind, message } = problem as { kind: string; message: string }
    return `${kind} ${message}`
  }
}
