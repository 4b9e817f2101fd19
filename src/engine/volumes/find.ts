import { noSuchVolume } from './errors.ts'
import type { Volume, Volumes } from './volume.ts'

/** By its whole name. */
export function find({ byName }: Volumes, name: string): Volume {
  const volume = byName.get(name)
  if (!volume) throw noSuchVolume(name)
  return volume
}
