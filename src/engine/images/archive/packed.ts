import type { Image } from '../image.ts'
import type { WholeImage } from '../make-image.ts'

/** An image of an archive, read. */
export interface Packed {
  readonly whole: WholeImage
  /** Names it shall have, as the archive writes them. */
  readonly names: readonly string[]
  /** Layers that were not here before: what the stream calls them, and how many bytes the archive has of each. */
  readonly fresh: readonly FreshLayer[]
  /** Image id of its parent; empty where the archive says nothing of one. */
  readonly parent: string
}

export interface FreshLayer {
  readonly name: string
  readonly size: number
}

/** Those of an archive that are for one platform. */
export type Fits = (image: Pick<Image, 'os' | 'architecture' | 'variant'>) => boolean
