import type { Declaration } from '../engine/images/declare.ts'
import type { WholeImage } from '../engine/images/make-image.ts'
import { emptyEngine } from '../engine/state.ts'
import { canonicalName, wholeImage } from './declared-images.ts'
import type { ImageSpec, NamedImage } from './image.ts'
import { declared } from './made.ts'
import { lookupOffer, type Offer } from './offer.ts'

/**
 * An image of a registry: one of the catalog by its name (`busybox`, `nginx:latest`), or one that is declared.
 *
 * @example 'busybox'
 * @example { from: 'busybox', files: { '/etc/motd': 'hello\n' }, cmd: ['cat', '/etc/motd'] }
 */
export type ImageLike = string | ImageSpec | NamedImage | Declaration

/** Makes the image that stands under the reference; the same words give the same bytes. */
export function imageLike(image: ImageLike, reference: string, catalog: readonly Offer[]): WholeImage {
  if (typeof image === 'string') return declared(offered(image, catalog))
  if ('layers' in image) return declared(image)
  return wholeImage(named(image, reference), emptyEngine.images, () => catalog)
}

/** A declared image under the name that it bears in its registry. */
const named = (image: ImageSpec | NamedImage, reference: string): NamedImage =>
  'spec' in image ? image : { reference, spec: image }

/** Those that may bring programs with them. */
export function namedOnes(images: readonly (readonly [image: ImageLike, reference: string])[]): NamedImage[] {
  return images.flatMap(([image, reference]) =>
    typeof image === 'string' || 'layers' in image ? [] : [named(image, reference)],
  )
}

function offered(reference: string, catalog: readonly Offer[]): Declaration {
  const found = lookupOffer(canonicalName(reference), catalog)
  if (found) return found
  throw new TypeError(`the catalog of this world has no image ${JSON.stringify(reference)}`)
}
