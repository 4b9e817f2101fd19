import { type Kind, Problem } from '../../core/problem.ts'

/** The daemon's exact words. moby: daemon/errors.go, daemon/names.go, daemon/delete.go */
export const noSuchContainer = (ref: string) => new Problem('NotFound', `No such container: ${ref}`)
export const ambiguous = (prefix: string) =>
  new Problem('InvalidParameter', `multiple IDs found with provided prefix: ${prefix}`)
export const invalidNameOrId = (ref: string) =>
  new Problem('InvalidParameter', `invalid name or ID supplied: ${JSON.stringify(ref)}`)
export const notRunning = (id: string) => new Problem('Conflict', `container ${id} is not running`)
export const notModified = new Problem('NotModified', '')

export const nameInUse = (name: string, id: string) =>
  new Problem(
    'Conflict',
    `Conflict. The container name "/${name}" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
  )
export const invalidName = (name: string) =>
  new Problem('InvalidParameter', `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`)
export const noCommand = new Problem('InvalidParameter', 'no command specified')

export const startPaused = new Problem('Conflict', 'cannot start a paused container, try unpause instead')
export const markedForRemoval = new Problem('Conflict', 'container is marked for removal and cannot be started')
export const bodyOnStart = new Problem(
  'InvalidParameter',
  'starting container with non-empty request body was deprecated since API v1.22 and removed in v1.24',
)
export const checkpointNeedsExperimental = new Problem(
  'InvalidParameter',
  'checkpoint is only supported in experimental mode',
)
export const noSuchDevice = (path: string) =>
  new Problem(
    'System',
    `error gathering device information while adding custom device "${path}": no such file or directory`,
  )

export const alreadyPaused = (id: string) => new Problem('Conflict', `Container ${id} is already paused`)
export const notPaused = (id: string) => new Problem('System', `Container ${id} is not paused`)
export const isRestarting = (id: string) =>
  new Problem('Conflict', `Container ${id} is restarting, wait until the container is running`)

export const cannotRemove = (name: string, why: string) =>
  new Problem('Conflict', `cannot remove container "${name}": container is ${why}`)
export const removalInProgress = (ref: string) =>
  new Problem('Conflict', `removal of container ${ref} is already in progress`)
export const defaultLinkName = new Problem('System', 'Conflict, cannot remove the default link name of the container')

export const emptyName = new Problem('InvalidParameter', 'Neither old nor new names may be empty')
export const sameName = new Problem('InvalidParameter', 'Renaming a container with the same name as its current name')

/** Go's errors.Wrap: the kind stays. */
const wrapped = (words: string, { kind, message }: Problem, as: Kind = kind) => new Problem(as, `${words}: ${message}`)

/** Runs `decide`; what it refuses is told with these words in front. */
export function wrapping<T>(words: string, decide: () => T): T {
  try {
    return decide()
  } catch (problem) {
    throw problem instanceof Problem ? wrapped(words, problem) : problem
  }
}
