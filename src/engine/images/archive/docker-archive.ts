import { Problem } from '../../../core/problem.ts'
import { as, decode, list, map, raw, string, struct } from '../../../http/go-json.ts'
import type { Layer } from '../layer.ts'
import { readImage } from '../make-image.ts'
import type { ImageFacts } from '../wire/image-json.ts'
import { readImageJson } from '../wire/read-image-json.ts'
import type { LayerReader } from './layers.ts'
import type { OpenedArchive } from './opened.ts'
import type { Fits, Packed } from './packed.ts'

const item = struct('tarexport.manifestItem', {
  config: string,
  repoTags: list(string),
  layers: list(string),
  parent: string,
  layerSources: as('LayerSources', map(raw)),
})
const manifest = list(item, '[]tarexport.manifestItem')

/** The images of `manifest.json`, as `docker save` writes it since 1.10. moby: image/tarexport/load.go Load */
export function fromDockerArchive(archive: OpenedArchive, layers: LayerReader, fits: Fits): Packed[] {
  const document = archive.json('manifest.json')
  if (document === null) throw new Problem('System', 'invalid manifest, manifest cannot be null (but can be [])')
  return (decode(manifest, document) ?? []).flatMap(({ config, repoTags, layers: paths, parent }): Packed[] => {
    const json = archive.read(config)
    const facts = imageFacts(json)
    if (!fits(facts)) return []
    const files = paths ?? []
    if (files.length !== facts.layers.length) throw lengthMismatch(files.length, facts.layers.length)
    const read = readLayers(facts, layers, (at) => archive.read(files[at]!))
    return [{ whole: readImage(json, read), names: repoTags ?? [], fresh: layers.fresh(), parent }]
  })
}

/** A config file, of an image that this daemon can hold. */
export function imageFacts(json: Uint8Array): ImageFacts {
  const facts = readImageJson(json)
  if (facts.os.toLowerCase() !== 'linux') throw new Problem('System', `cannot load ${facts.os} image on linux`)
  return facts
}

/** The layers of a config, bottom first: each must be what the config says. */
export function readLayers(facts: ImageFacts, layers: LayerReader, bytes: (at: number) => Uint8Array): Layer[] {
  const read: Layer[] = []
  for (const [at, diffId] of facts.layers.entries()) {
    const layer = layers.over(read, () => bytes(at), diffId, diffId)
    if (layer.diffId !== diffId)
      throw new Problem(
        'System',
        `invalid diffID for layer ${at}: expected ${JSON.stringify(diffId)}, got ${JSON.stringify(layer.diffId)}`,
      )
    read.push(layer)
  }
  return read
}

export const lengthMismatch = (expected: number, actual: number): Problem =>
  new Problem('System', `invalid manifest, layers length mismatch: expected ${expected}, got ${actual}`)
