import { rfc3339Nano } from '../../../core/rfc3339.ts'
import { goJson, utf8 } from '../../../http/json-lines.ts'
import { type Config, config as configSchema, healthConfig } from '../../containers/config.ts'
import type { HistoryEntry, Image } from '../image.ts'

/** What an image's config file says. */
export type ImageFacts = Omit<Image, 'id' | 'json' | 'size' | 'parent' | 'stepKey'>

/**
 * OCI image-spec, config.md: the bytes whose digest is the image's id. Keys in alphabetical order, as Docker writes them.
 * An image that a daemon made has whole configs of containers in it, one that BuildKit made has what is set.
 */
export function imageJson(facts: ImageFacts): Uint8Array {
  const { architecture, author, comment, config, container, dockerVersion, history, layers, os, variant } = facts
  return utf8(
    goJson({
      architecture,
      ...(author ? { author } : {}),
      ...(comment ? { comment } : {}),
      config: dockerVersion ? configSchema.encode(config) : configJson(config),
      ...(container ? { container } : {}),
      ...(dockerVersion ? { container_config: configSchema.encode(facts.containerConfig ?? configSchema.zero) } : {}),
      created: facts.createdText,
      ...(dockerVersion ? { docker_version: dockerVersion } : {}),
      history: history.map(historyJson),
      os,
      rootfs: { type: 'layers', diff_ids: layers },
      ...(variant ? { variant } : {}),
    }),
  )
}

const historyJson = ({ created, createdText, createdBy, author, comment, emptyLayer }: HistoryEntry) => ({
  ...(createdText === '' ? {} : { created: createdText ?? rfc3339Nano(created) }),
  ...(author ? { author } : {}),
  ...(createdBy ? { created_by: createdBy } : {}),
  ...(comment ? { comment } : {}),
  ...(emptyLayer ? { empty_layer: true } : {}),
})

/** Only what is set: the config of an image says nothing of hostnames and terminals. */
function configJson(config: Config): Record<string, unknown> {
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
