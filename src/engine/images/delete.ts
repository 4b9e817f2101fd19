import { verifyPlatform } from '../containers/platform.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { ImageCommands } from './commands.ts'
import { conflictOf, deleteImage, nothingRemoved, type Removal, type Removing, untag } from './delete-image.ts'
import { cannotDelete, referenceInUse } from './errors.ts'
import { find } from './find.ts'
import { familiar, parseReference, type Reference, withDefaultTag } from './reference.ts'
import { referencesOf } from './references.ts'

type Request = ImageCommands['ImageDelete']

export const remove: EngineVerb<Request> = (state, request) => removing(state, request).events

/** `DELETE /images/{name}`, events and answer. moby: daemon/images/image_delete.go ImageDelete */
function removing(state: EngineState, request: Request): Removing {
  const image = find(state.images, request.name)
  if (request.platform) verifyPlatform(image, request.name, request.platform)
  const { id } = image
  return meansId(id, request.name) ? removeById(state, id, request) : removeByReference(state, id, request)
}

/** moby: isImageIDPrefix */
const meansId = (id: string, text: string) => id.startsWith(text) || id.startsWith(`sha256:${text}`)

function removeByReference(state: EngineState, id: string, { name, force, noprune }: Request): Removing {
  const given = withDefaultTag(parseReference(name))
  const before = referencesOf(state.images, id)
  const user = state.containers.byId.values().find(({ image }) => image === id)
  if (!force && user && isSingle(before)) throw referenceInUse(familiar(given), user.id, id)
  const untagged = withoutLonelyDigests(untag(nothingRemoved(state), id, given), id, given)
  if (referencesOf(untagged.images, id).length > 0) return untagged
  return deleteImage(state, untagged, id, { force, prune: !noprune, quiet: true })
}

/** Digests of a repository go with its last tag. */
function withoutLonelyDigests(so: Removing, id: string, { name, tag }: Reference): Removing {
  const left = referencesOf(so.images, id)
  const own = left.filter((reference) => reference.name === name)
  if (tag === undefined || own.some(({ digest }) => digest === undefined)) return so
  return own.reduce((before, reference) => untag(before, id, reference), so)
}

function removeById(state: EngineState, id: string, { force, noprune }: Request): Removing {
  const references = referencesOf(state.images, id)
  let so = nothingRemoved(state)
  if (isSingle(references)) {
    const conflict = conflictOf(state, state.images, id, { soft: !force, references: false })
    if (conflict) throw cannotDelete(id, conflict)
    so = references.reduce((before, reference) => untag(before, id, reference), so)
  }
  return deleteImage(state, so, id, { force, prune: !noprune, quiet: false })
}

/** All references are of one repository, with one tag at most. moby: isSingleReference */
function isSingle(references: readonly Reference[]): boolean {
  if (references.length <= 1) return references.length === 1
  const tags = references.filter(({ digest }) => digest === undefined)
  return tags.length <= 1 && new Set(references.map(({ name }) => name)).size === 1
}

/** The lines of the answer. */
export const removalJson = (removals: readonly Removal[]) =>
  removals.map((removal) => ('untagged' in removal ? { Untagged: removal.untagged } : { Deleted: removal.deleted }))
