import { MICROSECOND, SECOND } from '../core/instant.ts'
import type { Config } from '../engine/containers/config.ts'
import { config as configSchema } from '../engine/containers/config.ts'
import { lookup } from '../engine/images/find.ts'
import type { HistoryEntry, Images } from '../engine/images/image.ts'
import { type Layer, layerOf, layersOf, stack } from '../engine/images/layer.ts'
import { makeImage, type WholeImage } from '../engine/images/make-image.ts'
import { canonical, parseReference, withDefaultTag } from '../engine/images/reference.ts'
import { durationOf, type Time } from '../programs/duration.ts'
import { marker } from '../programs/marker.ts'
import { encode } from '../storage/tar/encode.ts'
import type { ImageHealthcheck, ImageSpec, NamedImage } from './image.ts'
import { type ImageFile, layerMembers } from './image-files.ts'
import { declared } from './made.ts'
import { lookupOffer, type Offer } from './offer.ts'

const CREATED = 1_735_689_600
const NANOSECONDS = 1000 / MICROSECOND

/** `acme/api` is `docker.io/acme/api:latest`. */
export const canonicalName = (reference: string): string => canonical(withDefaultTag(parseReference(reference)))

/** Makes a declared image, with what it starts from: an image that is known, or one of the catalog. */
export function wholeImage(
  { reference, spec }: NamedImage,
  known: Images,
  catalog: () => readonly Offer[],
): WholeImage {
  const base = baseOf(reference, spec.from, known, catalog)
  const layer = topLayer(filesOf(reference, spec), base?.layers ?? [])
  const created = (spec.created ?? CREATED) * SECOND
  const { image, layers } = makeImage(
    {
      architecture: base?.image.architecture ?? 'amd64',
      os: 'linux',
      variant: base?.image.variant ?? '',
      author: spec.author ?? base?.image.author ?? '',
      comment: '',
      dockerVersion: '',
      created,
      config: configOf(reference, spec, base?.image.config ?? configSchema.zero),
      history: [...(base?.image.history ?? []), step(reference, created, !layer)],
    },
    [...(base?.layers ?? []), ...(layer ? [layer] : [])],
  )
  return { image, layers }
}

/** Nobody looks into the layers below where nothing is put over them. */
function topLayer(files: Record<string, ImageFile>, layers: readonly Layer[]): Layer | undefined {
  if (Object.keys(files).length === 0) return undefined
  const below = stack(layers)
  return layerOf(encode(layerMembers(files, below)), below)
}

const step = (reference: string, created: number, emptyLayer: boolean): HistoryEntry => ({
  created,
  createdBy: `image ${reference}`,
  author: '',
  comment: 'wavetank',
  emptyLayer,
})

function baseOf(
  reference: string,
  from: ImageSpec['from'],
  known: Images,
  catalog: () => readonly Offer[],
): WholeImage | undefined {
  if (from === undefined || from === 'scratch') return undefined
  if (typeof from !== 'string') return wholeImage(from, known, catalog)
  const stored = lookup(known, from)
  if (stored) return { image: stored, layers: layersOf(known, stored) }
  const offered = lookupOffer(canonicalName(from), catalog())
  if (offered) return declared(offered)
  throw new Error(
    `image ${JSON.stringify(reference)} starts from ${JSON.stringify(from)}, which is nowhere in this tank`,
  )
}

/** Where its program stands, if it has one. */
export function programPath(reference: string, { entrypoint, cmd }: ImageSpec): string {
  const [first] = words(entrypoint) ?? words(cmd) ?? []
  const { name } = parseReference(reference)
  const word = first ?? name.slice(name.lastIndexOf('/') + 1)
  return word.startsWith('/') ? word : `/usr/local/bin/${word}`
}

const words = (command: string | readonly string[] | undefined): readonly string[] | undefined =>
  typeof command === 'string' ? undefined : command

export const programName = (reference: string) => `image ${canonicalName(reference)}`

function filesOf(reference: string, spec: ImageSpec): Record<string, ImageFile> {
  const { files = {}, program, workdir } = spec
  return {
    ...(workdir === undefined || workdir === '/' ? {} : { [`${workdir.replace(/\/+$/, '')}/`]: { mode: 0o755 } }),
    ...(program === undefined ? {} : { [programPath(reference, spec)]: marker(programName(reference)) }),
    ...files,
  }
}

function configOf(reference: string, spec: ImageSpec, base: Config): Config {
  const own = spec.program !== undefined && spec.entrypoint === undefined && spec.cmd === undefined
  const entrypoint = own ? [programPath(reference, spec)] : spec.entrypoint
  const cmd = spec.cmd ?? (entrypoint === undefined ? base.cmd : null)
  return {
    ...base,
    env: withVariables(base.env, spec.env),
    entrypoint: entrypoint === undefined ? base.entrypoint : shellForm(entrypoint),
    cmd: cmd === null ? null : shellForm(cmd),
    exposedPorts: withKeys(base.exposedPorts, spec.expose?.map(portOf)),
    volumes: withKeys(base.volumes, spec.volumes),
    user: spec.user ?? base.user,
    workingDir: spec.workdir ?? base.workingDir,
    labels: spec.labels ? { ...base.labels, ...spec.labels } : base.labels,
    stopSignal: spec.stopSignal ?? base.stopSignal,
    healthcheck: spec.healthcheck ? healthcheckOf(spec.healthcheck) : base.healthcheck,
  }
}

const shellForm = (command: string | readonly string[]): readonly string[] =>
  typeof command === 'string' ? ['/bin/sh', '-c', command] : command

const portOf = (port: number | string) => (String(port).includes('/') ? String(port) : `${port}/tcp`)

function withKeys(base: Config['volumes'], keys: readonly string[] | undefined): Config['volumes'] {
  if (!keys || keys.length === 0) return base
  const all = [...new Set([...Object.keys(base ?? {}), ...keys])].sort()
  return Object.fromEntries(all.map((key) => [key, {}]))
}

function withVariables(base: Config['env'], env: ImageSpec['env']): Config['env'] {
  if (env === undefined) return base
  const given = Array.isArray(env)
    ? (env as readonly string[])
    : Object.entries(env).map(([key, value]) => `${key}=${value}`)
  const variables = new Map([...(base ?? []), ...given].map((one) => [one.split('=', 1)[0]!, one]))
  return [...variables.values()]
}

function healthcheckOf({ test, interval, timeout, startPeriod, retries = 0 }: ImageHealthcheck): Config['healthcheck'] {
  const nanoseconds = (time: Time | undefined) => (time === undefined ? 0 : durationOf(time) * NANOSECONDS)
  return {
    test: typeof test === 'string' ? ['CMD-SHELL', test] : ['CMD', ...test],
    interval: nanoseconds(interval),
    timeout: nanoseconds(timeout),
    startPeriod: nanoseconds(startPeriod),
    startInterval: 0,
    retries,
  }
}
