import type { Description, Descriptions } from '../events/description.ts'

const of = (id: string, action: string, attributes: Readonly<Record<string, string>>): Description => ({
  type: 'volume',
  action,
  id,
  attributes,
})

/** What `GET /events` tells of volumes. moby: VolumesService, MountPoint.Setup */
export const volumeDescriptions: Descriptions = {
  'volume.create': ({ volume: { name, driver } }) => of(name, 'create', { driver }),
  'volume.mount': ({ name, driver, container, destination, rw, propagation }) =>
    of(name, 'mount', { driver, container, destination, 'read/write': String(rw), propagation }),
  'volume.unmount': ({ name, driver, container }) => of(name, 'unmount', { driver, container }),
  'volume.destroy': ({ name, driver }) => of(name, 'destroy', { driver }),
  'volume.prune': ({ reclaimed }) => of('', 'prune', { reclaimed: String(reclaimed) }),
}
