import { SECOND } from '../../../core/instant.ts'
import { supports } from '../../versions.ts'
import type { Message } from '../event-log.ts'

/** moby's events.Message; for containers and images its first fields say again what older clients read. */
export function message({ type, action, id, attributes, at }: Message, version: string): object | undefined {
  if (type === 'image' && action === 'create' && !supports(version, 'imageCreateEvent')) return undefined
  const legacy = type === 'container' || type === 'image'
  const sorted = Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)))
  const from = type === 'container' ? attributes.image : undefined
  // Whole microseconds: as a double it is not exact, but its shortest decimal is.
  const time = { time: Math.floor(at / SECOND), timeNano: at * 1000 }
  const old = {
    ...(legacy ? { status: action } : {}),
    ...(legacy && id !== '' ? { id } : {}),
    ...(from ? { from } : {}),
  }
  if (!supports(version, 'eventActors')) return legacy ? { ...old, ...time } : undefined
  return { ...old, Type: type, Action: action, Actor: { ID: id, Attributes: sorted }, scope: 'local', ...time }
}
