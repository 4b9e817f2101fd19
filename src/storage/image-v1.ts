/**
 * Images of before 2016 and of today, one made of the other: then every layer was an image with a JSON of its own, and the
 * uppermost one's was the config. moby: image/v1, distribution/push_v1.go, distribution/pull_v1.go
 */
export type Json = Readonly<Record<string, unknown>>

/** What only today's config has. */
const NEW_FIELDS = ['rootfs', 'history', 'os.version', 'os.features']
/** What only an image of before has. */
const OLD_FIELDS = ['id', 'parent', 'Size', 'parent_id', 'layer_id', 'throwaway']
/** What docker before 1.8.3 wrote; of what else stands there it is not certain that it was meant. */
const KNOWN_FIELDS = [
  'architecture',
  'author',
  'comment',
  'config',
  'container',
  'container_config',
  'created',
  'docker_version',
  'os',
]
const ZERO_TIME = '0001-01-01T00:00:00Z'

const encoder = new TextEncoder()

/** The JSON of a layer below the uppermost one. */
export const layerJson = (id: string, parent: string | undefined): Uint8Array =>
  encoder.encode(parent === undefined ? `{"id":"${id}"}` : `{"id":"${id}","parent":"${parent}"}`)

/** The JSON of the uppermost layer, of today's config. */
export function tipJson(config: Json, id: string, parent: string | undefined): Uint8Array {
  const rest = Object.fromEntries(Object.entries(config).filter(([key]) => !NEW_FIELDS.includes(key)))
  return written({ ...rest, id, ...(parent === undefined ? {} : { parent }) })
}

/** Today's config, of the JSONs of all layers, root first. */
export function configOf(jsons: readonly Json[], diffIds: readonly string[]): Uint8Array {
  const tip = jsons.at(-1) ?? {}
  const old = before183(typeof tip.docker_version === 'string' ? tip.docker_version : '')
  const kept = Object.entries(tip).filter(([key]) => (old ? KNOWN_FIELDS.includes(key) : !OLD_FIELDS.includes(key)))
  const rootfs = { type: 'layers', diff_ids: diffIds }
  return written({ created: ZERO_TIME, ...Object.fromEntries(kept), rootfs, history: jsons.map(historyOf) })
}

function historyOf({ created, author, container_config, comment }: Json): Json {
  const { Cmd } = (container_config ?? {}) as { Cmd?: readonly string[] | null }
  return {
    created: typeof created === 'string' ? created : ZERO_TIME,
    ...(author ? { author } : {}),
    ...(Array.isArray(Cmd) && Cmd.length > 0 ? { created_by: Cmd.join(' ') } : {}),
    ...(comment ? { comment } : {}),
  }
}

function before183(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map((part) => Number(part) || 0)
  return major < 1 || (major === 1 && (minor < 8 || (minor === 8 && patch < 3)))
}

const ESCAPES: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' }

/** As Go writes a map: sorted, with HTML's characters escaped. */
function written(fields: Json): Uint8Array {
  const sorted = Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))
  return encoder.encode(JSON.stringify(sorted).replace(/[<>&]/g, (character) => ESCAPES[character]!))
}
