import { Problem } from '../../core/problem.ts'
import { attachmentsOf } from '../networks/attachments.ts'
import { bare } from '../networks/endpoint.ts'
import { exposedPorts } from '../networks/ports.ts'
import type { EngineState } from '../state.ts'
import type { Container } from './container.ts'

type Port = ReturnType<typeof exposedPorts>[number]

/**
 * What a container learns of those that it is linked to on the default bridge, as variables. Throws where one of them does not run.
 * moby: Daemon.setupLinkedContainers, daemon/links
 */
export function linkedEnvironment(state: EngineState, container: Container): readonly string[] {
  const { byId, members, names } = state.networks
  const bridge = byId.get(names.get('bridge') ?? '')
  const isOn = ({ id }: Container) => attachmentsOf(state, id).some(({ name }) => name === 'bridge')
  if (!bridge || !isOn(container)) return []
  return container.links.flatMap(({ id, alias }) => {
    const child = state.containers.byId.get(id)
    if (!child) return []
    const name = `/${container.name}/${alias}`
    if (!child.flags.running)
      throw new Problem('System', `Cannot link to a non running container: /${child.name} AS ${name}`)
    if (!isOn(child)) throw new Problem('System', `container ${child.id} not attached to default bridge network`)
    return variablesOf(child, name, bare(members.get(bridge.id)?.get(id)?.ipv4 ?? ''))
  })
}

function variablesOf(child: Container, name: string, address: string): readonly string[] {
  const alias = name
    .slice(name.lastIndexOf('/') + 1)
    .toUpperCase()
    .replaceAll('-', '_')
  const ports = [...exposedPorts(child)].sort((a, b) => a.number - b.number || rank(a) - rank(b))
  const [first] = [...ports].sort((a, b) => rank(a) - rank(b) || a.number - b.number)
  const url = ({ number, protocol }: Port) => `${protocol}://${address}:${number}`
  const key = ({ number, protocol }: Port) => `${alias}_PORT_${number}_${protocol.toUpperCase()}`
  return [
    ...(first ? [`${alias}_PORT=${url(first)}`] : []),
    ...runsOf(ports).flatMap(([start, end]) => [
      `${key(start)}_START=${url(start)}`,
      `${key(start)}_ADDR=${address}`,
      `${key(start)}_PROTO=${start.protocol}`,
      `${key(start)}_PORT_START=${start.number}`,
      `${key(start)}_END=${url(end)}`,
      `${key(start)}_PORT_END=${end.number}`,
    ]),
    ...ports.flatMap((port) => [
      `${key(port)}=${url(port)}`,
      `${key(port)}_ADDR=${address}`,
      `${key(port)}_PORT=${port.number}`,
      `${key(port)}_PROTO=${port.protocol}`,
    ]),
    `${alias}_NAME=${name}`,
    ...(child.config.env ?? [])
      .filter((variable) => variable.includes('=') && !/^(HOME|PATH)=/.test(variable))
      .map((variable) => `${alias}_ENV_${variable}`),
  ]
}

const rank = ({ protocol }: Port) => (protocol === 'tcp' ? 0 : 1)

/** Ports of one protocol that follow each other: first and last of each run of two or more. */
function runsOf(ports: readonly Port[]): readonly (readonly [start: Port, end: Port])[] {
  const runs: [Port, Port][] = []
  for (const port of ports) {
    const open = runs.at(-1)
    if (open && open[1].protocol === port.protocol && open[1].number + 1 === port.number) open[1] = port
    else runs.push([port, port])
  }
  return runs.filter(([start, end]) => start !== end)
}
