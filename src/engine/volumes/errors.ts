import { type Kind, Problem } from '../../core/problem.ts'

/** The daemon's exact words. moby: daemon/volume/service, daemon/volume/local, daemon/volume/mounts */
export const noSuchVolume = (name: string) => new Problem('NotFound', `get ${name}: no such volume`)
export const volumeInUse = (name: string, users: readonly string[]) =>
  new Problem('Conflict', `remove ${name}: volume is in use - [${users.join(', ')}]`)
export const onlyClusterVolumes = new Problem(
  'Unavailable',
  'volume update only valid for cluster volumes, but swarm is unavailable',
)

const creating = (name: string, words: string, kind: Kind = 'InvalidParameter') =>
  new Problem(kind, `create ${name}: ${words}`)
export const noSuchDriver = (name: string, driver: string) =>
  creating(name, `error looking up volume plugin ${driver}: plugin ${JSON.stringify(driver)} not found`, 'NotFound')
export const shortName = (name: string) =>
  creating(name, 'volume name is too short, names should be at least two alphanumeric characters')
export const invalidName = (name: string) =>
  creating(
    name,
    `${JSON.stringify(name)} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
  )
export const invalidOption = (name: string, option: string) =>
  creating(name, `invalid option: ${JSON.stringify(option)}`)
export const missingOption = (name: string, option: string) =>
  creating(name, `missing required option: ${JSON.stringify(option)}`)

export const invalidSpec = (raw: string) => new Problem('System', `invalid volume specification: '${raw}'`)
export const invalidMode = (mode: string) => new Problem('System', `invalid mode: ${mode}`)
export const emptyVolumesFrom = new Problem('System', 'volumes-from specification cannot be an empty string')
export const duplicateMount = (path: string) => new Problem('InvalidParameter', `Duplicate mount point: ${path}`)
export const invalidMount = (type: string, words: string) =>
  new Problem('InvalidParameter', `invalid mount config for type ${JSON.stringify(type)}: ${words}`)
export const sourceMissing = (path: string) => `bind source path does not exist: ${path}`
export const refused = (message: string, kind: Kind = 'InvalidParameter') => new Problem(kind, message)
