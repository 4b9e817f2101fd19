import type { MountPoint } from '../../volumes/mount-point.ts'
import { mountpoint } from '../../volumes/volume.ts'

/** `Mounts` of inspect. api/types/container MountPoint */
export function mountPoint(mount: MountPoint): unknown {
  const { type, source, volume } = mount
  return shown({ ...mount, source: type === 'volume' ? mountpoint(volume) : source })
}

/** `Mounts` of the list, by destination; where a volume of the config is, it does not tell. */
export function listedMounts(mounts: readonly MountPoint[]): unknown[] {
  return [...mounts].sort((a, b) => (a.destination < b.destination ? -1 : 1)).map(shown)
}

const shown = ({ type, name, source, destination, driver, mode, rw, propagation }: MountPoint) => ({
  Type: type,
  ...(name === '' ? {} : { Name: name }),
  Source: source,
  Destination: destination,
  ...(driver === '' ? {} : { Driver: driver }),
  Mode: mode,
  RW: rw,
  Propagation: propagation,
})
