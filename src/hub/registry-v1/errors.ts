import { type Kind, Problem } from '../../core/problem.ts'
import type { HeaderPairs } from '../../http/reply.ts'

/** A refusal with a status that no class of moby's has. */
export class ProblemV1 extends Problem {
  readonly status: number | undefined
  readonly headers: HeaderPairs
  constructor(kind: Kind, message: string, status?: number, headers: HeaderPairs = []) {
    super(kind, message)
    this.status = status
    this.headers = headers
  }
}

const refused = (message: string) => new Problem('InvalidParameter', message)
const absent = (message: string) => new Problem('NotFound', message)
const conflict = (message: string) => new Problem('Conflict', message)

/** The words of docker-registry 0.9.1; docker compares some of them. */
export const requiresAuthorization = () =>
  new ProblemV1('Unauthorized', 'Requires authorization', 401, [['WWW-Authenticate', 'Token']])

export const invalidImageId = () => absent('Invalid image ID')
export const imageNotFound = () => absent('Image not found')
export const beingUploaded = () => refused('Image is being uploaded, retry later')
export const invalidJson = () => refused('Invalid JSON')
export const missingId = () => refused("Missing key `id' in JSON")
export const otherId = () => refused('JSON data contains invalid id')
export const notOfRepository = () => refused('This image does not belong to the repository')
export const noParent = () => refused('Image depends on a non existing parent')
export const unauthorizedParent = () => refused('Image depends on an unauthorized parent')
export const imageExists = () => conflict('Image already exists')

export const checksumNotSet = () =>
  new ProblemV1(
    'InvalidParameter',
    'X-Docker-Checksum-Payload not set.  If you are using the Docker daemon, you should upgrade to version 0.10 or later',
    412,
  )
export const checksumMissing = () => refused("Missing Image's checksum")
export const checksumMismatch = () => refused('Checksum mismatch')
export const checksumNotWanted = () => conflict('Cannot set this image checksum')

export const layerUnsupported = () => refused('Layer format not supported')
export const repositoryNotFound = () => absent('Repository not found')
export const imagesNotFound = () => absent('images not found')
export const tagNotFound = (tag?: string) => absent(tag === undefined ? 'Tag not found' : `Tag not found: ${tag}`)
export const tagImmutable = (tag: string) => new Problem('Forbidden', `tag '${tag}' is immutable`)
export const invalidTag = () => refused('Invalid tag name (must match ^[\\w][\\w.-]{0,127}$)')
export const invalidData = () => refused('Invalid data')
export const errorDecoding = () => refused('Error Decoding JSON')
export const rangeNotSatisfiable = () => new ProblemV1('InvalidParameter', '', 416)
