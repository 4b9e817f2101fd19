import type { Instant } from '../../core/instant.ts'
import { Table } from '../../core/table.ts'
import type { Snapshot } from '../../storage/file-system.ts'
import { initialHostDisk } from './host-disk.ts'

/** A volume as it was made; what is in it stands beside it. */
export interface Volume {
  readonly name: string
  readonly driver: string
  readonly created: Instant
  /** As given; null for none. */
  readonly options: Readonly<Record<string, string>> | null
  readonly labels: Readonly<Record<string, string>> | null
}

/** The volumes' slice, and the disk of the host, which bind mounts show. */
export interface Volumes {
  readonly byName: Table<Volume>
  readonly contents: Table<Snapshot>
  /** Containers that refer to a volume, running or not, by its name. */
  readonly users: Table<readonly string[]>
  /** The volumes that a container refers to, by its id. */
  readonly uses: Table<readonly string[]>
  readonly host: Snapshot
}

let hostDisk: Snapshot | undefined

export const noVolumes: Volumes = {
  byName: Table.empty,
  contents: Table.empty,
  users: Table.empty,
  uses: Table.empty,
  /** Made when somebody first looks at it. */
  get host() {
    hostDisk ??= initialHostDisk()
    return hostDisk
  },
}

/** The label of a volume that was made without a name. */
export const ANONYMOUS = 'com.docker.volume.anonymous'

export const isAnonymous = ({ labels }: Volume): boolean => labels !== null && Object.hasOwn(labels, ANONYMOUS)

/** Where its content is on the host, as the daemon tells it. */
export const mountpoint = (name: string): string => `/var/lib/docker/volumes/${name}/_data`

export const usersOf = ({ users }: Volumes, name: string): readonly string[] => users.get(name) ?? []

/** The options of a volume that lies in memory: `type=tmpfs,o=size=64k`. */
export function tmpfsOf({ options }: Volume): readonly string[] | undefined {
  if (options?.type !== 'tmpfs') return undefined
  return options.o ? options.o.split(',') : []
}

/** The directory of the host that a volume is a name for: `type=none,o=bind,device=/path`. */
export function boundDirectory({ options }: Volume): string | undefined {
  const bind = options?.o?.split(',').some((option) => option === 'bind' || option === 'rbind')
  return bind ? options?.device : undefined
}
