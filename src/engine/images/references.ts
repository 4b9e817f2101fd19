import type { Images } from './image.ts'
import { familiar, parseCanonical, type Reference } from './reference.ts'

/** The references of an image, in the order of their canonical form. */
export function referencesOf({ references }: Images, id: string): Reference[] {
  return references
    .entries()
    .filter(([, owner]) => owner === id)
    .map(([text]) => parseCanonical(text))
}

/** Image id → its references; for answers about all images. */
export function referencesById({ references }: Images): ReadonlyMap<string, readonly Reference[]> {
  const byId = new Map<string, Reference[]>()
  for (const [text, id] of references.entries()) {
    const known = byId.get(id)
    if (known) known.push(parseCanonical(text))
    else byId.set(id, [parseCanonical(text)])
  }
  return byId
}

/** `RepoTags`. */
export const tagsOf = (references: readonly Reference[]): string[] =>
  references.filter(({ digest }) => digest === undefined).map(familiar)

/** `RepoDigests`. */
export const digestsOf = (references: readonly Reference[]): string[] =>
  references.filter(({ digest }) => digest !== undefined).map(familiar)
