import { SECOND } from '../../../core/instant.ts'
import { lookup } from '../../images/find.ts'
import { networkSummary } from '../../networks/endpoints.ts'
import type { EngineState } from '../../state.ts'
import type { Container } from '../container.ts'
import { rootBytes, writtenBytes } from '../size.ts'
import { status, statusText } from '../status.ts'
import { listedMounts } from './mount-point.ts'

/** One element of `GET /containers/json`, in the order in which Go writes it. */
export function summary(state: EngineState, container: Container, size: boolean): object {
  return {
    ...beforeStatus(state, container, size),
    Status: statusText(container, state.now),
    ...afterStatus(state, container),
  }
}

/** What the element says up to its `Status`, which alone depends on the time. */
export function beforeStatus(state: EngineState, container: Container, size: boolean): object {
  return {
    Id: container.id,
    Names: [container.name, ...container.linkNames].map((name) => `/${name}`).sort(),
    Image: imageName(state, container),
    ImageID: container.image,
    Command: commandText(container),
    Created: Math.floor(container.created / SECOND),
    Ports: networkSummary(state, container).ports,
    ...(size ? sizes(state, container) : {}),
    Labels: container.config.labels,
    State: status(container.flags),
  }
}

export function afterStatus(state: EngineState, container: Container): object {
  const { networkMode, annotations } = container.hostConfig
  return {
    HostConfig: { NetworkMode: networkMode, ...(annotations ? { Annotations: annotations } : {}) },
    NetworkSettings: networkSummary(state, container).networkSettings,
    Mounts: listedMounts(container.mounts),
  }
}

/** Zero sizes are left out. */
function sizes(state: EngineState, { id }: Container): object {
  const [written, whole] = [writtenBytes(state, id), rootBytes(state, id)]
  return { ...(written > 0 ? { SizeRw: written } : {}), ...(whole > 0 ? { SizeRootFs: whole } : {}) }
}

/** What the caller called the image, as long as that is still the same image. */
function imageName({ images }: EngineState, { config, image }: Container): string {
  if (config.image === image || image === '') return config.image
  return lookup(images, config.image)?.id === image ? config.image : image
}

/** Arguments with a space are quoted. */
function commandText({ path, args }: Container): string {
  return [path, ...args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg))].join(' ')
}
