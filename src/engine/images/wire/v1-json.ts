import { goJson, utf8 } from '../../../http/json-lines.ts'
import { chainIds, digestOf } from '../../../storage/digest.ts'
import { config } from '../../containers/config.ts'
import type { Image } from '../image.ts'

const HEX = 'sha256:'.length
const EPOCH = '1970-01-01T00:00:00Z'

/**
 * What `save` writes for daemons before 1.10, which knew each layer as an image of its own: a config for each, the lowest first.
 * Only the last one says more than when it was made. moby: image/tarexport/save.go saveImage
 */
export function legacyConfigs(image: Image): Uint8Array[] {
  const chains = chainIds(image.layers)
  let parent = ''
  return chains.map((chain, at) => {
    const facts = at === chains.length - 1 ? factsOf(image) : bare
    const id = legacyId(facts, chain, parent)
    const { comment, ...rest } = facts
    const named = { id: id.slice(HEX), ...(parent ? { parent: parent.slice(HEX) } : {}) }
    parent = id
    return utf8(goJson({ ...named, ...(comment ? { comment } : {}), ...rest, os: image.os }))
  })
}

type Facts = Record<string, unknown>

const bare: Facts = { created: EPOCH, container_config: config.encode(config.zero) }

/** image.V1Image, in the order in which Go writes it. */
function factsOf(image: Image): Facts {
  const { comment, createdText, container, containerConfig, dockerVersion, author, architecture, variant } = image
  return {
    ...(comment ? { comment } : {}),
    created: createdText || null,
    ...(container ? { container } : {}),
    container_config: config.encode(containerConfig ?? config.zero),
    ...(dockerVersion ? { docker_version: dockerVersion } : {}),
    ...(author ? { author } : {}),
    config: config.encode(image.config),
    ...(architecture ? { architecture } : {}),
    ...(variant ? { variant } : {}),
    os: image.os,
  }
}

/** The digest of what is said, with the chain and the parent. moby: image/v1/imagev1.go CreateID */
function legacyId(facts: Facts, chain: string, parent: string): string {
  const all = { ...facts, layer_id: chain, ...(parent ? { parent } : {}) }
  return digestOf(utf8(goJson(Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))))))
}
