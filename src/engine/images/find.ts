import { Problem } from '../../core/problem.ts'
import type { Image, Images } from './image.ts'
import { canonical, familiar, parseReference, type Reference, withDefaultTag } from './reference.ts'

/** The id that a reference stands for. A digest is looked for before a tag. */
function resolve(images: Images, reference: Reference): string | undefined {
  if (reference.digest !== undefined) {
    const pinned = images.references.get(canonical({ ...reference, tag: undefined }))
    if (pinned !== undefined) return pinned
  }
  return images.references.get(canonical(withDefaultTag(reference)))
}

/**
 * An image by reference, by id with or without `sha256:`, or by the beginning of an id; refuses with the daemon's words.
 * moby: daemon/images/image.go GetImage
 */
export function find(images: Images, text: string): Image {
  const digest = /^sha256:([0-9a-f]{64})$/.exec(text)
  if (digest || /^[0-9a-f]{64}$/.test(text)) return byId(images, `sha256:${digest?.[1] ?? text}`)
  const reference = parseReference(text)
  const id = resolve(images, reference) ?? byPrefix(images, text, reference)
  const image = id === undefined ? undefined : images.byId.get(id)
  if (!image) throw noSuchImage(reference)
  return image
}

/** As find, but nothing for an image that is not there. */
export function lookup(images: Images, text: string): Image | undefined {
  try {
    return find(images, text)
  } catch (problem) {
    if (problem instanceof Problem && problem.kind === 'NotFound') return undefined
    throw problem
  }
}

function byId(images: Images, id: string): Image {
  const image = images.byId.get(id)
  if (!image) throw new Problem('NotFound', `No such image: ${id}`)
  return image
}

/** Only a bare name can be meant as an id. */
function byPrefix(images: Images, text: string, { tag, digest }: Reference): string | undefined {
  if (digest !== undefined) return undefined
  const hex = text.replace(/^sha256:/, '')
  if (!/^[0-9a-f]+$/.test(hex) || (tag !== undefined && !text.startsWith('sha256:'))) return undefined
  const [match, another] = images.byId.prefix(`sha256:${hex}`)
  return another ? undefined : match?.id
}

function noSuchImage(reference: Reference): Problem {
  return new Problem('NotFound', `No such image: ${familiar(withDefaultTag(reference))}`)
}
