import { goJson, jsonBody, utf8 } from '../../../http/json-lines.ts'
import { joinBytes } from '../../../storage/join-bytes.ts'
import type { Images } from '../../images/image.ts'
import type { Networks } from '../../networks/network.ts'
import type { EngineState } from '../../state.ts'
import type { Container } from '../container.ts'
import { statusText } from '../status.ts'
import { inspect } from './inspect.ts'
import { afterStatus, beforeStatus } from './summary.ts'

/** What was written of a container, and what else it was made from: all of it is persistent data, so identity is equality. */
interface Inspected {
  readonly networks: Networks
  readonly names: EngineState['containers']['names']
  readonly bytes: Uint8Array
}

interface Listed {
  readonly networks: Networks
  readonly images: Images
  /** The element's text around its `Status`, which alone depends on the time. */
  readonly head: string
  readonly tail: string
  /** The status that was written last, and the whole element with it. */
  status: string | undefined
  bytes: Uint8Array
}

const inspected = new WeakMap<Container, Inspected>()
const listed = new WeakMap<Container, Listed>()

/** The whole answer of inspect. Clients poll it: it is written once for each state of a container. */
export function inspectBytes(state: EngineState, container: Container): Uint8Array {
  const { networks } = state
  const { names } = state.containers
  const before = inspected.get(container)
  if (before && before.networks === networks && (before.names === names || container.links.length === 0))
    return before.bytes
  const bytes = jsonBody(inspect(state, container, false))
  inspected.set(container, { networks, names, bytes })
  return bytes
}

/** The whole answer of the list. Parts are kept as bytes: writing one is a copy. */
export function listBytes(state: EngineState, containers: readonly Container[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (const container of containers) parts.push(parts.length === 0 ? OPEN : COMMA, elementBytes(state, container))
  return joinBytes(parts.length === 0 ? [OPEN, CLOSE] : [...parts, CLOSE])
}

const OPEN = utf8('[')
const COMMA = utf8(',')
const CLOSE = utf8(']\n')

/** A status says `Up 3 minutes` for a minute: most lists need no new bytes. */
function elementBytes(state: EngineState, container: Container): Uint8Array {
  const element = elementOf(state, container)
  const status = statusText(container, state.now)
  if (element.status === status) return element.bytes
  element.status = status
  element.bytes = utf8(`${element.head}${status}${element.tail}`)
  return element.bytes
}

function elementOf(state: EngineState, container: Container): Listed {
  const before = listed.get(container)
  if (before && before.images === state.images && isSameNetwork(before.networks, state.networks, container))
    return before
  const { networks, images } = state
  const head = `${goJson(beforeStatus(state, container, false)).slice(0, -1)},"Status":"`
  const tail = `",${goJson(afterStatus(state, container)).slice(1)}`
  const element = { networks, images, head, tail, status: undefined, bytes: OPEN }
  listed.set(container, element)
  return element
}

/** A container's networks do not change with those of others, unless it shares one of theirs. */
function isSameNetwork(before: Networks, now: Networks, { id, hostConfig, attachments }: Container): boolean {
  if (before === now) return true
  return (
    !hostConfig.networkMode.startsWith('container:') &&
    before.byId === now.byId &&
    before.sandboxes.get(id) === now.sandboxes.get(id) &&
    attachments.every(({ networkId }) => before.members.get(networkId)?.get(id) === now.members.get(networkId)?.get(id))
  )
}
