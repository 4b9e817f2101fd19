import { type Instant, SECOND } from '../../core/instant.ts'
import type { TarEntry } from '../../storage/tar/tar-entry.ts'
import { type Config, config } from '../containers/config.ts'
import { Layer, type LayerFacts, layerOfMembers } from './layer.ts'
import { makeImage, type WholeImage } from './make-image.ts'

/** A layer as it is written down: its members, or how to write them down. */
export type LayerDeclaration = readonly TarEntry[] | LateMembers

/** Members that are written down when somebody first looks at them; where it is known what they come to, that is not before he looks into them. */
interface LateMembers {
  readonly members: () => readonly TarEntry[]
  readonly facts?: LayerFacts
}

/** An image as it is written down: what its layers hold, and what its config says. */
export interface Declaration {
  /** Bottom first. */
  readonly layers: readonly LayerDeclaration[]
  readonly config: Partial<Config>
  readonly created: Instant
  /** One line a step; those that made no layer say so. */
  readonly history: readonly { readonly createdBy: string; readonly emptyLayer?: boolean; readonly comment?: string }[]
  readonly architecture?: string
  readonly author?: string
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
    declaration.layers.map(layerIn),
  )
}

const made = new WeakMap<LayerDeclaration, Layer>()

/** Images that start from the same one have its layers in common. */
function layerIn(declaration: LayerDeclaration): Layer {
  const before = made.get(declaration)
  if (before) return before
  const layer = madeOf('members' in declaration ? declaration : { members: () => declaration })
  made.set(declaration, layer)
  return layer
}

const madeOf = ({ members, facts }: LateMembers): Layer => (facts ? new Layer(facts, members) : layerOfMembers(members))

/** `2024-09-26T21:31:42Z` in whole seconds, as image configs have it. */
export const seconds = (unix: number): Instant => unix * SECOND
