import { Problem } from '../../../core/problem.ts'
import { readImage } from '../make-image.ts'
import { canonical, parseReference, withTag } from '../reference.ts'
import { imageFacts } from './docker-archive.ts'
import type { LayerReader } from './layers.ts'
import type { OpenedArchive } from './opened.ts'
import type { Packed } from './packed.ts'
import { configFromV1, historyFromV1, type V1Document } from './v1-config.ts'

/** What an archive of before 1.10 holds, and the names that its `repositories` give. */
export interface Legacy {
  readonly packed: readonly Packed[]
  /** Canonical reference → image id. */
  readonly names: readonly (readonly [reference: string, id: string])[]
}

/** Each directory is an image of one layer over its parent's. moby: image/tarexport/load.go legacyLoad */
export function fromLegacy(archive: OpenedArchive, layers: LayerReader): Legacy {
  const loaded = new Map<string, Packed>()
  for (const name of archive.directories()) loadWithParents(archive, layers, name, loaded)
  return { packed: [...loaded.values()], names: namesOf(archive, loaded) }
}

function loadWithParents(archive: OpenedArchive, layers: LayerReader, name: string, loaded: Map<string, Packed>): void {
  const pending: string[] = []
  for (let next = name; next !== '' && !loaded.has(next); next = parentOf(archive, next)) {
    if (pending.includes(next)) throw new Problem('System', `invalid image: ${next} is its own ancestor`)
    pending.push(next)
  }
  for (const one of pending.reverse()) loaded.set(one, image(archive, layers, one, loaded))
}

const document = (archive: OpenedArchive, name: string) => archive.json(`${name}/json`) as V1Document
const parentOf = (archive: OpenedArchive, name: string): string => String(document(archive, name).parent ?? '')

function image(archive: OpenedArchive, layers: LayerReader, name: string, loaded: ReadonlyMap<string, Packed>): Packed {
  const v1 = document(archive, name)
  const parent = loaded.get(parentOf(archive, name))
  const below = parent?.whole.layers ?? []
  const read = [...below, layers.over(below, () => archive.read(`${name}/layer.tar`), name)]
  const history = [...(parent ? historyOf(parent) : []), historyFromV1(v1)]
  const json = configFromV1(
    v1,
    read.map(({ diffId }) => diffId),
    history,
  )
  imageFacts(json)
  return { whole: readImage(json, read), names: [], fresh: layers.fresh(), parent: parent?.whole.image.id ?? '' }
}

const historyOf = ({ whole }: Packed): readonly unknown[] =>
  (JSON.parse(new TextDecoder().decode(whole.image.json)) as { history: unknown[] }).history

function namesOf(archive: OpenedArchive, loaded: ReadonlyMap<string, Packed>): [string, string][] {
  const repositories = archive.json('repositories') as Readonly<Record<string, Readonly<Record<string, string>>>> | null
  return Object.entries(repositories ?? {}).flatMap(([name, tags]) =>
    Object.entries(tags).map(([tag, target]): [string, string] => {
      const packed = loaded.get(target)
      if (!packed) throw new Problem('System', `invalid target ID: ${target}`)
      return [canonical(withTag(parseReference(name), tag)), packed.whole.image.id]
    }),
  )
}
