import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import type { Platform } from '../containers/platform.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineVerb } from '../verb.ts'
import { fromDockerArchive } from './archive/docker-archive.ts'
import { LayerReader } from './archive/layers.ts'
import { fromLegacy } from './archive/legacy.ts'
import { fromLayout } from './archive/oci-layout.ts'
import { OpenedArchive } from './archive/opened.ts'
import type { Fits, Packed } from './archive/packed.ts'
import { withoutKind } from './archive-problem.ts'
import type { ImageCommands } from './commands.ts'
import type { Image, Images } from './image.ts'
import { canBeParent, validParents } from './parents.ts'
import { canonical, parseReference } from './reference.ts'

/** `docker load`: all of the archive or nothing. moby: image/tarexport/load.go */
export const load: EngineVerb<ImageCommands['ImageLoad']> = ({ images }, command, env) =>
  withoutKind(() => loading(images, command, env))

function loading(images: Images, { archive, platform }: ImageCommands['ImageLoad'], env: Env): EngineEvent[] {
  const opened = new OpenedArchive(archive, temporaryFolder(env))
  const layers = new LayerReader(images)
  if (opened.has('manifest.json')) return named(fromDockerArchive(opened, layers, fitsTo(platform)), images)
  if (opened.has('oci-layout') && opened.has('index.json'))
    return named(fromLayout(opened, layers, fitsTo(platform)), images)
  const { packed, names } = fromLegacy(opened, layers)
  return [
    ...packed.flatMap((one) => adding(one, one.parent)),
    ...names.flatMap(([reference, id]) => naming(images, reference, id)),
  ]
}

const temporaryFolder = (env: Env) => `docker-import-${Math.floor(env.random() * 1e10)}`

function fitsTo(platform: Platform | undefined): Fits {
  if (!platform) return () => true
  const { os, architecture, variant } = platform
  return (image) =>
    image.os === os && image.architecture === architecture && (variant === '' || image.variant === variant)
}

function named(packed: readonly Packed[], images: Images): EngineEvent[] {
  const parents = parentsOf(packed)
  return packed.flatMap((one): EngineEvent[] => {
    const { id } = one.whole.image
    const references = one.names.map(tagOf)
    return [
      ...adding(one, parents.get(id) ?? ''),
      ...references.flatMap((reference) => naming(images, reference, id)),
      { type: 'image.load', id, names: references },
    ]
  })
}

const adding = ({ whole, fresh }: Packed, parent: string): EngineEvent[] => [
  ...fresh.map((layer): EngineEvent => ({ type: 'image.layer', ...layer })),
  { type: 'image.add', image: { ...whole.image, parent }, layers: whole.layers },
]

/** A name that another image had is taken from it. */
function naming({ references }: Images, reference: string, id: string): EngineEvent[] {
  const before = references.get(reference)
  return [
    ...(before === undefined || before === id ? [] : [{ type: 'image.displace' as const, id: before, reference }]),
    { type: 'image.refer', id, reference },
  ]
}

function tagOf(name: string): string {
  const reference = parseReference(name)
  if (reference.tag === undefined) throw new Problem('System', `invalid tag ${JSON.stringify(name)}`)
  return canonical(reference)
}

function parentsOf(packed: readonly Packed[]): ReadonlyMap<string, string> {
  const byId = new Map(packed.map(({ whole }) => [whole.image.id, whole.image]))
  const parents = validParents(packed.map(({ whole, parent }) => ({ id: whole.image.id, parent })))
  for (const [id, parent] of parents) checkParent(byId.get(parent)!, byId.get(id)!)
  return parents
}

function checkParent(parent: Image, child: Image): void {
  if (!canBeParent(parent, child))
    throw new Problem('System', `image ${parent.id} is not a valid parent for ${child.id}`)
}
