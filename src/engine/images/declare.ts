import { sha256 } from '#sha256'
import { type Instant, SECOND } from '../../core/instant.ts'
import { root } from '../../storage/caller.ts'
import { FileSystem } from '../../storage/file-system.ts'
import { ROOT } from '../../storage/inode.ts'
import { applyLayer } from '../../storage/layer.ts'
import { encode } from '../../storage/tar/encode.ts'
import type { TarEntry } from '../../storage/tar/tar-entry.ts'
import { type Config, config as configSchema } from '../containers/config.ts'
import type { HistoryEntry, Image } from './image.ts'
import { type Layer, layerOf } from './layer.ts'
import { imageJson } from './wire/image-json.ts'

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

/** An image with the bytes of its layers. */
export interface DeclaredImage {
  readonly image: Image
  readonly layers: readonly Layer[]
}

/** Makes the image: the same declaration gives the same bytes, and so the same id, on every machine. */
export function declareImage(declaration: Declaration): DeclaredImage {
  const layers = declaration.layers.map((entries) => layerOf(encode(entries)))
  const files = new FileSystem()
  files.utimes(root(0n), ROOT, BigInt(declaration.created) * 1000n, BigInt(declaration.created) * 1000n)
  for (const { tar } of layers) applyLayer(files, tar, root(BigInt(declaration.created) * 1000n, 0))
  const facts = {
    architecture: declaration.architecture ?? 'amd64',
    os: 'linux',
    variant: '',
    author: declaration.author ?? '',
    created: declaration.created,
    config: { ...configSchema.zero, ...declaration.config },
    history: declaration.history.map((step): HistoryEntry => historyOf(step, declaration.created)),
    layers: layers.map((layer) => layer.diffId),
  }
  const json = imageJson(facts)
  const image: Image = {
    ...facts,
    id: `sha256:${sha256(json)}`,
    json,
    comment: '',
    dockerVersion: '',
    size: layers.reduce((sum, { contentSize }) => sum + contentSize, 0),
    parent: '',
    root: files.snapshot(),
  }
  return { image, layers }
}

function historyOf(
  { createdBy, emptyLayer = false, comment = '' }: Declaration['history'][number],
  created: Instant,
): HistoryEntry {
  return { created, createdBy, emptyLayer, comment, author: '' }
}

/** `2024-09-26T21:31:42Z` in whole seconds, as image configs have it. */
export const seconds = (unix: number): Instant => unix * SECOND
