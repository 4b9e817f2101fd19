import { rfc3339Nano } from '../../../core/rfc3339.ts'
import { goJson, utf8 } from '../../../http/json-lines.ts'
import { type Config, healthConfig } from '../../containers/config.ts'
import type { HistoryEntry } from '../image.ts'

/** What an image's config file says. */
export interface ImageFacts {
  readonly architecture: string
  readonly os: string
  readonly variant: string
  readonly author: string
  readonly created: number
  readonly config: Config
  readonly history: readonly HistoryEntry[]
  readonly layers: readonly string[]
}

/** OCI image-spec, config.md: the bytes whose digest is the image's id. Keys in alphabetical order, as Docker writes them. */
export function imageJson({
  architecture,
  os,
  variant,
  author,
  created,
  config,
  history,
  layers,
}: ImageFacts): Uint8Array {
  return utf8(
    goJson({
      architecture,
      ...(author ? { author } : {}),
      config: imageConfig(config),
      created: rfc3339Nano(created),
      history: history.map(historyJson),
      os,
      rootfs: { type: 'layers', diff_ids: layers },
      ...(variant ? { variant } : {}),
    }),
  )
}

const historyJson = ({ created, createdBy, author, comment, emptyLayer }: HistoryEntry) => ({
  created: rfc3339Nano(created),
  ...(author ? { author } : {}),
  ...(createdBy ? { created_by: createdBy } : {}),
  ...(comment ? { comment } : {}),
  ...(emptyLayer ? { empty_layer: true } : {}),
})

/** Only what is set: the config of an image says nothing of hostnames and terminals. */
function imageConfig(config: Config): Record<string, unknown> {
  const {
    env,
    cmd,
    entrypoint,
    workingDir,
    user,
    labels,
    exposedPorts,
    volumes,
    stopSignal,
    healthcheck,
    onBuild,
    shell,
  } = config
  return {
    ...(user ? { User: user } : {}),
    ...(exposedPorts ? { ExposedPorts: exposedPorts } : {}),
    ...(env ? { Env: env } : {}),
    ...(entrypoint ? { Entrypoint: entrypoint } : {}),
    ...(cmd ? { Cmd: cmd } : {}),
    ...(volumes ? { Volumes: volumes } : {}),
    ...(workingDir ? { WorkingDir: workingDir } : {}),
    ...(labels ? { Labels: labels } : {}),
    ...(stopSignal ? { StopSignal: stopSignal } : {}),
    ...(healthcheck ? { Healthcheck: healthConfig.encode(healthcheck) } : {}),
    ...(onBuild ? { OnBuild: onBuild } : {}),
    ...(shell ? { Shell: shell } : {}),
  }
}
