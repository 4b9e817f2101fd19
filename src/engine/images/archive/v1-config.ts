import { as, bool, decode, int64, nullable, omitEmpty, string, struct } from '../../../http/go-json.ts'
import { goJson, utf8 } from '../../../http/json-lines.ts'
import { config } from '../../containers/config.ts'

/** The `json` of an image of before 1.10. */
export type V1Document = Readonly<Record<string, unknown>>

/** image.V1Image, in the order in which Go writes it. */
const v1Image = struct('V1Image', {
  id: as('id', omitEmpty(string)),
  parent: as('parent', omitEmpty(string)),
  comment: as('comment', omitEmpty(string)),
  created: as('created', nullable(string)),
  container: as('container', omitEmpty(string)),
  containerConfig: as('container_config', config),
  dockerVersion: as('docker_version', omitEmpty(string)),
  author: as('author', omitEmpty(string)),
  config: { ...as('config', nullable(config)), omit: (value: unknown) => value === null },
  architecture: as('architecture', omitEmpty(string)),
  variant: as('variant', omitEmpty(string)),
  os: as('os', omitEmpty(string)),
  size: as('Size', omitEmpty(int64)),
  throwaway: as('throwaway', omitEmpty(bool)),
})

/** Keys that said where an image stood; layers say that now. */
const DROPPED = ['id', 'parent', 'Size', 'parent_id', 'layer_id', 'throwaway']

/** The config file of the image that an old one becomes. moby: image/v1/imagev1.go MakeConfigFromV1Config */
export function configFromV1(v1: V1Document, diffIds: readonly string[], history: readonly unknown[]): Uint8Array {
  const said = isYounger(String(v1.docker_version ?? '')) ? v1 : (v1Image.encode(decode(v1Image, v1)) as V1Document)
  const kept = Object.entries(said).filter(([key]) => !DROPPED.includes(key))
  const all = Object.fromEntries([...kept, ['rootfs', { type: 'layers', diff_ids: diffIds }], ['history', history]])
  return utf8(goJson(Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))))
}

/** Its line of history. moby: image/v1/imagev1.go HistoryFromConfig */
export function historyFromV1(v1: V1Document): unknown {
  const { created, author, comment, containerConfig } = decode(v1Image, v1)
  const createdBy = (containerConfig.cmd ?? []).join(' ')
  return {
    ...(created === null ? {} : { created }),
    ...(author ? { author } : {}),
    ...(createdBy ? { created_by: createdBy } : {}),
    ...(comment ? { comment } : {}),
  }
}

/** From 1.8.3 on, what was written can be taken as it is. */
function isYounger(version: string): boolean {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10) || 0)
  const [major = 0, minor = 0, patch = 0] = parts
  return major > 1 || (major === 1 && (minor > 8 || (minor === 8 && patch >= 3)))
}
