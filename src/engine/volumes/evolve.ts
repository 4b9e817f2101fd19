import type { EngineEvolution } from '../verb.ts'
import type { VolumeEvents } from './events.ts'
import type { MountPoint } from './mount-point.ts'
import { usersOf, type Volumes } from './volume.ts'

function use(slice: Volumes, container: string, mounts: readonly MountPoint[]): Volumes {
  const names = [...new Set(mounts.flatMap(({ volume }) => (volume === '' ? [] : [volume])))]
  if (names.length === 0) return slice
  const users = names.reduce((table, name) => {
    const others = usersOf(slice, name).filter((user) => user !== container)
    return table.set(name, [...others, container])
  }, slice.users)
  return { ...slice, users, uses: slice.uses.set(container, names) }
}

export const volumesEvolution: EngineEvolution<Volumes, VolumeEvents> = {
  'volume.create': (slice, { volume, content }) => ({
    ...slice,
    byName: slice.byName.set(volume.name, volume),
    contents: slice.contents.set(volume.name, content),
  }),
  'volume.destroy': (slice, { name }) => ({
    ...slice,
    byName: slice.byName.delete(name),
    contents: slice.contents.delete(name),
  }),
  'volume.write': (slice, { name, content }) =>
    slice.byName.has(name) ? { ...slice, contents: slice.contents.set(name, content) } : slice,
  'host.write': (slice, { content }) => ({ ...slice, host: content }),
  'volume.mount': (slice) => slice,
  'volume.unmount': (slice) => slice,
  'volume.prune': (slice) => slice,
  'container.create': (slice, { container }) => use(slice, container.id, container.mounts),
  'container.reconfigure': (slice, { id, mounts }) => use(slice, id, mounts),
  'container.destroy': (slice, { id }) => {
    const names = slice.uses.get(id)
    if (!names) return slice
    const users = names.reduce((table, name) => {
      const others = usersOf(slice, name).filter((user) => user !== id)
      return others.length > 0 ? table.set(name, others) : table.delete(name)
    }, slice.users)
    return { ...slice, users, uses: slice.uses.delete(id) }
  },
}
