import type { Declaration } from '../engine/images/declare.ts'

/** A repository of Docker Hub as it stands at the start of the world. */
export interface Offer {
  /** `library/busybox` */
  readonly name: string
  readonly description: string
  readonly stars: number
  /** Each image with its tags. */
  readonly images: readonly { readonly tags: readonly string[]; readonly image: Declaration }[]
}

/** The image of a catalog that has this canonical name. */
export function lookupOffer(name: string, catalog: readonly Offer[]): Declaration | undefined {
  for (const { name: repository, images } of catalog)
    for (const { tags, image } of images)
      if (tags.some((tag) => name === `docker.io/${repository}:${tag}`)) return image
  return undefined
}
