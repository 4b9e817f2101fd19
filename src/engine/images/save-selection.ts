import { Problem } from '../../core/problem.ts'
import { type Platform, verifyPlatform } from '../containers/platform.ts'
import { withoutKind } from './archive-problem.ts'
import type { Image, Images } from './image.ts'
import { canonical, familiarName, parseCanonical, parseReference, type Reference } from './reference.ts'

/** An image that is to be saved, and those of its names that were asked for. */
export interface Saved {
  readonly image: Image
  readonly references: readonly Reference[]
}

/**
 * The images that names stand for; names of one image come together. A repository alone means all of its tags, an id its image without
 * a name. moby: image/tarexport/save.go parseNames
 */
export function selected(images: Images, names: readonly string[], platform?: Platform): Saved[] {
  const saved = new Map<string, Saved>()
  for (const name of names)
    for (const { image, references } of namedBy(images, name)) {
      if (platform) verifyPlatform(image, name, platform)
      const before = saved.get(image.id)?.references ?? []
      const added = references.filter((one) => !before.some((known) => canonical(known) === canonical(one)))
      saved.set(image.id, { image, references: [...before, ...added] })
    }
  return [...saved.values()]
}

function namedBy(images: Images, name: string): Saved[] {
  if (/^(sha256:)?[0-9a-f]{64}$/.test(name)) return [{ image: byWholeId(images, name), references: [] }]
  const reference = withoutKind(() => parseReference(name))
  if (familiarName(reference.name) === 'sha256') return [{ image: search(images, name), references: [] }]
  if (reference.tag === undefined && reference.digest === undefined) {
    const tagged = repository(images, reference)
    return tagged.length > 0 ? tagged : [{ image: search(images, name), references: [] }]
  }
  const image = images.byId.get(images.references.get(canonical(reference)) ?? '')
  if (!image) throw new Problem('NotFound', 'reference does not exist')
  return [{ image, references: reference.digest === undefined ? [reference] : [] }]
}

/** All tags of a repository; a digest of it names no image in an archive. */
function repository(images: Images, { name }: Reference): Saved[] {
  return images.references
    .entries()
    .map(([text, id]) => ({ reference: parseCanonical(text), image: images.byId.get(id)! }))
    .filter(({ reference }) => reference.name === name)
    .map(({ reference, image }) => ({ image, references: reference.digest === undefined ? [reference] : [] }))
}

/** By the beginning of an id, and only so. */
function search(images: Images, name: string): Image {
  const matches = images.byId.prefix(`sha256:${name.replace(/^sha256:/, '')}`)
  const [match] = matches
  if (match === undefined || matches.length > 1) throw new Problem('NotFound', `No such image: ${name}`)
  return match
}

function byWholeId(images: Images, name: string): Image {
  const id = `sha256:${name.replace(/^sha256:/, '')}`
  const image = images.byId.get(id)
  if (!image) throw missingContent(id)
  return image
}

/** What the image store says of an id whose file is not there. moby: image/fs.go Get */
export const missingContent = (id: string): Problem =>
  new Problem(
    'System',
    `failed to get digest ${id}: open /var/lib/docker/image/vfs/imagedb/content/sha256/${id.slice('sha256:'.length)}: no such file or directory`,
  )
