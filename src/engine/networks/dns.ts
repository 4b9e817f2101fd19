import type { EngineState } from '../state.ts'
import { attachmentsOf } from './attachments.ts'
import { bare } from './endpoint.ts'
import { isUserDefined } from './network.ts'
import { namespaceOwner } from './spec.ts'

/** What the embedded DNS answers to a container: addresses of the containers it shares a user network with. */
export function resolveName(state: EngineState, container: string, name: string): readonly string[] {
  const asker = state.containers.byId.get(container)
  const owner = asker && namespaceOwner(state, asker)
  if (!owner) return []
  const wanted = name.toLowerCase().replace(/\.$/, '')
  return attachmentsOf(state, owner.id)
    .filter((attachment) => isUserDefined(attachment.name))
    .flatMap((attachment) => {
      const plain = wanted.endsWith(`.${attachment.name}`) ? wanted.slice(0, -attachment.name.length - 1) : wanted
      const linked = linkTargets(state, owner.id, attachment.config.links, plain)
      return onNetwork(state, attachment.networkId, (id, names) => linked.has(id) || names.includes(plain))
    })
}

function onNetwork(
  state: EngineState,
  network: string,
  accepts: (container: string, names: readonly string[]) => boolean,
): string[] {
  const members = state.networks.members.get(network)?.values() ?? []
  return members.flatMap(({ container, ipv4, ipv6 }) => {
    const names = attachmentsOf(state, container).find(({ networkId }) => networkId === network)?.dnsNames ?? []
    const lower = names.map((one) => one.toLowerCase())
    return accepts(container, lower) ? [bare(ipv4), bare(ipv6)].filter((address) => address !== '') : []
  })
}

/** On a user's network a link is a name that only one container knows. */
function linkTargets(
  { containers }: EngineState,
  asker: string,
  links: readonly string[] | null,
  name: string,
): ReadonlySet<string> {
  const own = containers.byId.get(asker)?.links.filter(({ alias }) => alias.toLowerCase() === name) ?? []
  const given = (links ?? []).flatMap((link) => {
    const [target = '', alias = target] = link.split(':')
    const id = containers.names.get(target.replace(/^\//, ''))
    return alias.toLowerCase() === name && id ? [id] : []
  })
  return new Set([...own.map(({ id }) => id), ...given])
}
