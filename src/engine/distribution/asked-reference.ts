import { isDigest } from '../../storage/digest.ts'
import { parseReference, type Reference, withTag } from '../images/reference.ts'
import type { Topics } from './commands.ts'

/** What a pull is about: one tag or digest, or with neither all tags. */
export function pullReference({ image, tag }: Pick<Topics['ImagePull'], 'image' | 'tag'>): Reference {
  const reference = parseReference(image)
  if (tag === '') return reference
  if (isDigest(tag)) return { ...reference, tag: undefined, digest: tag }
  return withTag(reference, tag)
}

/** What a push is about: one tag, or all. */
export function pushReference({ name, tag }: Pick<Topics['ImagePush'], 'name' | 'tag'>): Reference {
  const reference = parseReference(name)
  return tag === '' ? reference : withTag(reference, tag)
}
