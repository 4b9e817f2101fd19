import { type Instant, SECOND } from '../../core/instant.ts'
import { encode } from '../../storage/tar/encode.ts'
import type { TarEntry } from '../../storage/tar/tar-entry.ts'
import { type Config, config } from '../containers/config.ts'
import { type Layer, layerOf } from './layer.ts'
import { makeImage, type WholeImage } from './make-image.ts'

/** An image as it is written down: what its layers hold, and what its config says. */
export interface Declaration {
  /** Layers, bottom first: the members of each. */
  readonly layers: readonly (readonly TarEntry[])[]
  readonly config: Partial<Config>
  readonly created: Instant
  /** One line a step; those that made no layer say so. */
  readonly history: readonly { readonly createdBy: string; readonly emptyLayer?: boolean; readonly comment?: string }[]
  readonly architecture?: string
  readonly author?: string
}

/** A declaration whose layers are written down when somebody first looks at them. */
export function declaration(rest: Omit<Declaration, 'layers'>, write: () => Declaration['layers']): Declaration {
  let written: Declaration['layers'] | undefined
  return {
    ...rest,
    get layers() {
      written ??= write()
      return written
    },
  }
}

/** Makes the image: the same declaration gives the same bytes, and so the same id, on every machine. */
export function declareImage(declaration: Declaration): WholeImage {
  const { created } = declaration
  return makeImage(
    {
      architecture: declaration.architecture ?? 'amd64',
      os: 'linux',
      variant: '',
      author: declaration.author ?? '',
      comment: '',
      dockerVersion: '',
      created,
      config: { ...config.zero, ...declaration.config },
      history: declaration.history.map(({ createdBy, emptyLayer = false, comment = '' }) => ({
        created,
        createdBy,
        emptyLayer,
        comment,
        author: '',
      })),
    },
    declaration.layers.map(layerOfMembers),
  )
}

const known = new WeakMap<readonly TarEntry[], Layer>()

/** Images that start from the same one have its layers in common. */
function layerOfMembers(entries: readonly TarEntry[]): Layer {
  const before = known.get(entries)
  if (before) return before
  const layer = layerOf(encode(entries))
  known.set(entries, layer)
  return layer
}

/** `2024-09-26T21:31:42Z` in whole seconds, as image configs have it. */
export const seconds = (unix: number): Instant => unix * SECOND
