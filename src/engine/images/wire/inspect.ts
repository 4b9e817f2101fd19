import { ZERO_TIME } from '../../../core/instant.ts'
import { rfc3339Nano } from '../../../core/rfc3339.ts'
import { type Config, config, healthConfig } from '../../containers/config.ts'
import type { EngineState } from '../../state.ts'
import { supports } from '../../versions.ts'
import type { Image } from '../image.ts'
import { digestsOf, referencesOf, tagsOf } from '../references.ts'

/** `GET /images/{name}/json`; up to 1.44 it tells of the container that the image was committed from. */
export function inspect({ images }: EngineState, image: Image, version: string): unknown {
  const references = referencesOf(images, image.id)
  return {
    Id: image.id,
    RepoTags: tagsOf(references),
    RepoDigests: digestsOf(references),
    Parent: image.parent,
    Comment: image.comment,
    ...(image.createdText ? { Created: image.createdText } : {}),
    ...(supports(version, 'imageWithoutContainer') ? {} : containerOf(image)),
    DockerVersion: image.dockerVersion,
    Author: image.author,
    Architecture: image.architecture,
    ...(image.variant ? { Variant: image.variant } : {}),
    Os: image.os,
    Size: image.size,
    GraphDriver: { Data: null, Name: 'vfs' },
    RootFS: image.layers.length > 0 ? { Type: 'layers', Layers: image.layers } : { Type: 'layers' },
    Metadata: { LastTagTime: rfc3339Nano(images.tagged.get(image.id) ?? ZERO_TIME) },
    Config: imageConfig(image.config),
  }
}

const containerOf = ({ container, containerConfig }: Image) => ({
  ...(container ? { Container: container } : {}),
  ContainerConfig: config.encode(containerConfig ?? config.zero),
})

/** Keys in order, as the daemon's compatibility layer writes them; the rare ones only where they are set. */
function imageConfig(config: Config): unknown {
  const {
    cmd,
    entrypoint,
    env,
    exposedPorts,
    healthcheck,
    labels,
    onBuild,
    shell,
    stopSignal,
    user,
    volumes,
    workingDir,
  } = config
  return {
    Cmd: cmd,
    Entrypoint: entrypoint,
    Env: env,
    ...(exposedPorts ? { ExposedPorts: exposedPorts } : {}),
    ...(healthcheck ? { Healthcheck: healthConfig.encode(healthcheck) } : {}),
    Labels: labels,
    OnBuild: onBuild,
    ...(shell ? { Shell: shell } : {}),
    ...(stopSignal ? { StopSignal: stopSignal } : {}),
    User: user,
    Volumes: volumes,
    WorkingDir: workingDir,
  }
}
