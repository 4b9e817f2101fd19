import type { Stamped } from '../../core/decider.ts'
import type { Container } from '../containers/container.ts'
import type { EngineEvents } from '../events.ts'
import type { EngineState } from '../state.ts'

/** What `GET /events` tells of something that happened. */
export interface Description {
  readonly type: 'container' | 'image' | 'network' | 'volume' | 'builder' | 'daemon' | 'plugin'
  readonly action: string
  /** `Actor.ID`. */
  readonly id: string
  readonly attributes: Readonly<Record<string, string>>
}

/** A domain's descriptions: a row for each event that shows. `before` still knows what a destroy takes away. */
export type Descriptions = {
  readonly [K in keyof EngineEvents & string]?: (
    event: Stamped<Readonly<EngineEvents[K]> & { readonly type: K }>,
    before: EngineState,
    after: EngineState,
  ) => Description | undefined
}

/** Of a container: its labels, its image, its name, and more. moby: Daemon.LogContainerEventWithAttributes */
export function ofContainer(
  container: Container | undefined,
  action: string,
  more: Readonly<Record<string, string>> = {},
): Description | undefined {
  if (!container) return undefined
  const { id, name, config } = container
  const image: Record<string, string> = config.image === '' ? {} : { image: config.image }
  return { type: 'container', action, id, attributes: Object.assign({}, more, config.labels, image, { name }) }
}
