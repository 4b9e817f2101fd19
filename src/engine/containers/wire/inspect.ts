import { rfc3339Nano } from '../../../core/rfc3339.ts'
import { networkSettings } from '../../networks/endpoints.ts'
import { namespaceOwner } from '../../networks/spec.ts'
import type { EngineState } from '../../state.ts'
import { config, hostConfig } from '../config.ts'
import type { Container } from '../container.ts'
import { rootBytes, writtenBytes } from '../size.ts'
import { mountPoint } from './mount-point.ts'
import { containerState } from './state.ts'

/** `GET /containers/{id}/json`, in the order in which Go writes it. */
export function inspect(state: EngineState, container: Container, size: boolean): unknown {
  const { id, path, args, name } = container
  return {
    Id: id,
    Created: rfc3339Nano(container.created),
    Path: path,
    Args: args,
    State: containerState(container),
    Image: container.image,
    ...paths(state, container),
    Name: `/${name}`,
    RestartCount: container.restartCount,
    Driver: 'vfs',
    Platform: container.platform,
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: container.execs.length > 0 ? container.execs : null,
    HostConfig: hostConfigOf(state, container),
    GraphDriver: { Data: { ID: id }, Name: 'vfs' },
    ...(size ? { SizeRw: writtenBytes(state, id), SizeRootFs: rootBytes(state, id) } : {}),
    Mounts: container.mounts.map(mountPoint),
    Config: configOf(container),
    NetworkSettings: networkSettings(state, container),
  }
}

/** Files of the daemon's that stand on its disk from the first start on. */
function paths(state: EngineState, container: Container): object {
  const { id, prepared } = container
  const directory = `/var/lib/docker/containers/${id}`
  // Who shares a network shares the files that tell of it.
  const lender = `/var/lib/docker/containers/${namespaceOwner(state, container)?.id ?? id}`
  const file = (name: string) => (prepared === 'nothing' ? '' : `${lender}/${name}`)
  return {
    ResolvConfPath: file('resolv.conf'),
    HostnamePath: file('hostname'),
    HostsPath: file('hosts'),
    LogPath: prepared === 'log' ? `${directory}/${id}-json.log` : '',
  }
}

function hostConfigOf({ containers }: EngineState, container: Container): unknown {
  const links = container.links.flatMap(({ id, alias }) => {
    const child = containers.byId.get(id)
    return child ? [`/${child.name}:/${container.name}/${alias}`] : []
  })
  return hostConfig.encode({ ...container.hostConfig, links: links.length > 0 ? links : null })
}

/** The address that was asked for shows where older clients look for it. */
function configOf({ config: own, attachments, hostConfig: { networkMode } }: Container): unknown {
  const main = attachments.find(({ name }) => name === networkMode)
  return config.encode({ ...own, macAddress: main?.config.macAddress ?? own.macAddress })
}
