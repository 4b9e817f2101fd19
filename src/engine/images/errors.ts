import { Problem } from '../../core/problem.ts'

const short = (id: string) => id.replace(/^sha256:/, '').slice(0, 12)

/** Why an image stays. `hard` ones stay even by force. moby: daemon/images/image_delete.go */
export interface DeleteConflict {
  readonly hard: boolean
  /** A container needs it. */
  readonly used: boolean
  readonly message: string
}

export const cannotDelete = (id: string, { hard, message }: DeleteConflict) =>
  new Problem(
    'Conflict',
    `conflict: unable to delete ${short(id)} (${hard ? 'cannot be forced' : 'must be forced'}) - ${message}`,
  )

export const referenceInUse = (reference: string, container: string, image: string) =>
  new Problem(
    'Conflict',
    `conflict: unable to remove repository reference ${JSON.stringify(reference)} (must force) - container ${short(container)} is using its referenced image ${short(image)}`,
  )

export const usedBy = (state: 'running' | 'stopped', container: string) =>
  `image is being used by ${state} container ${short(container)}`

export const digestAsTag = () => new Problem('InvalidParameter', 'cannot import digest reference')
