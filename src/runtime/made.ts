import { type Declaration, declareImage } from '../engine/images/declare.ts'
import type { WholeImage } from '../engine/images/make-image.ts'

const made = new WeakMap<Declaration, WholeImage>()

/** Declarations are data: each is made into an image once. */
export function declared(declaration: Declaration): WholeImage {
  const known = made.get(declaration)
  if (known) return known
  const image = declareImage(declaration)
  made.set(declaration, image)
  return image
}
