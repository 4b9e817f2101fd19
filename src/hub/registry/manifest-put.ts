import { digestOf } from '../../storage/digest.ts'
import type { HubEvent } from '../events.ts'
import { isImmutable } from '../repositories/immutable.ts'
import { newRepository, repositoryKey } from '../repositories/repository.ts'
import type { HubState } from '../state.ts'
import type { HubVerb } from '../verb.ts'
import type { RegistryCommands } from './commands.ts'
import { digestLike, isDigest } from './digest.ts'
import { type Document, readDocument } from './document.ts'
import { immutableTag, RegistryProblem } from './errors.ts'
import { isTag, referenceIn } from './find.ts'
import { keyOf, type Where } from './registry.ts'

/** The largest manifest that a registry takes. */
export const LARGEST_MANIFEST = 4 * 1024 * 1024

export const putManifest: HubVerb<RegistryCommands['ManifestPut']> = (state, command, env) => {
  const { registry, name, reference, bytes, account } = command
  const where = { registry, name }
  if (bytes.length > LARGEST_MANIFEST)
    throw new RegistryProblem('MANIFEST_INVALID', { detail: 'manifest is too large' })
  referenceIn(reference)
  const document = readDocument(bytes, command.mediaType)
  const digest = isDigest(reference) ? digestLike(reference, [bytes]) : digestOf(bytes)
  checkReference(reference, digest)
  checkMovable(state, where, reference, digest)
  checkContent(state, where, document)
  const manifest = { digest, mediaType: document.mediaType, bytes, subject: document.subject?.digest }
  return [
    ...repositoryOf(state, where, env.now, account),
    { type: 'manifest.add', ...where, manifest, tag: isDigest(reference) ? undefined : reference, account },
  ]
}

function checkReference(reference: string, digest: string): void {
  if (!isTag(reference) && reference !== digest) throw new RegistryProblem('DIGEST_INVALID')
}

/** A tag that the repository's rules hold fast stays where it is. */
function checkMovable({ content, repositories }: HubState, where: Where, tag: string, digest: string): void {
  const present = content.tags.get(keyOf(where, tag)) ?? digest
  if (present === digest || !isImmutable(repositories.get(repositoryKey(where.registry, where.name)), tag)) return
  throw immutableTag(tag)
}

/** A manifest is taken only when all that it names is there; what a list names may be there as a blob. distribution: manifestlisthandler.go */
function checkContent({ content }: HubState, where: Where, { config, blobs, manifests }: Document): void {
  const own = [...(config ? [config] : []), ...blobs.filter(({ urls, digest }) => !urls?.length || !isDigest(digest))]
  const missing = own.filter(({ digest }) => !content.links.has(keyOf(where, digest)))
  const absent = manifests.filter(({ digest }) =>
    [content.manifests, content.links].every((table) => !table.has(keyOf(where, digest))),
  )
  const [first, ...others] = [...missing, ...absent].flatMap(({ digest }) => [
    ...(isDigest(digest) ? [] : [new RegistryProblem('DIGEST_INVALID')]),
    new RegistryProblem('MANIFEST_BLOB_UNKNOWN', { detail: digest }),
  ])
  if (first) throw new RegistryProblem(first.code, { detail: first.detail, others })
}

/** The first manifest makes the repository. */
function repositoryOf({ repositories }: HubState, { registry, name }: Where, now: number, by = ''): HubEvent[] {
  if (repositories.has(repositoryKey(registry, name))) return []
  const repository = newRepository({ registry, name }, now)
  return [{ type: 'repository.set', repository, ...(by === '' ? {} : { by }) }]
}
