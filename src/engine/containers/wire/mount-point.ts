import type { MountPoint } from '../../volumes/mount-point.ts'

/** `Mounts` of inspect and list. api/types/container MountPoint */
export function mountPoint({ type, name, source, destination, driver, mode, rw, propagation }: MountPoint): unknown {
  return {
    Type: type,
    ...(name === '' ? {} : { Name: name }),
    Source: source,
    Destination: destination,
    ...(driver === '' ? {} : { Driver: driver }),
    Mode: mode,
    RW: rw,
    Propagation: propagation,
  }
}
