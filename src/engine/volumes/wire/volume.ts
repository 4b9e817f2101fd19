import { SECOND } from '../../../core/instant.ts'
import { rfc3339Nano } from '../../../core/rfc3339.ts'
import type { EngineState } from '../../state.ts'
import { contentBytes } from '../size.ts'
import { mountpoint, usersOf, type Volume } from '../volume.ts'

/** api/types/volume Volume, in the order in which Go writes it; whole seconds. */
export function volume({ name, driver, created, options, labels }: Volume): object {
  return {
    CreatedAt: rfc3339Nano(Math.floor(created / SECOND) * SECOND),
    Driver: driver,
    Labels: labels,
    Mountpoint: mountpoint(name),
    Name: name,
    Options: options,
    Scope: 'local',
  }
}

/** An element of `Volumes` of `GET /system/df`. */
export function volumeUsage({ volumes }: EngineState, one: Volume): unknown {
  const size = contentBytes(volumes.contents.get(one.name))
  return { ...volume(one), UsageData: { RefCount: usersOf(volumes, one.name).length, Size: size } }
}
