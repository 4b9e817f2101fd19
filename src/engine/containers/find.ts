import type { EngineState } from '../state.ts'
import type { Container } from './container.ts'
import { ambiguous, invalidNameOrId, noSuchContainer } from './errors.ts'

/** Full id, then name with or without its slash, then unique id prefix. moby: Daemon.GetContainer */
export function find({ containers }: EngineState, ref: string): Container {
  if (ref === '') throw invalidNameOrId(ref)
  const exact = containers.byId.get(ref) ?? containers.byId.get(containers.names.get(ref.replace(/^\//, '')) ?? '')
  if (exact) return exact
  const [match, another] = containers.byId.prefix(ref)
  if (another) throw ambiguous(ref)
  if (!match) throw noSuchContainer(ref)
  return match
}
