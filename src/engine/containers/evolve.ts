import type { Evolution } from '../../core/decider.ts'
import type { EngineEvents } from '../events.ts'
import type { Container, Containers } from './container.ts'
import type { ContainerEvents } from './events.ts'
import { streamEvolution } from './stream-evolve.ts'

export const containersEvolution: Partial<Evolution<Containers, ContainerEvents, EngineEvents>> = {
  ...streamEvolution,
  'container.create': (slice, { container, root }) => ({
    ...slice,
    byId: slice.byId.set(container.id, container),
    names: slice.names.set(container.name, container.id),
    roots: slice.roots.set(container.id, root),
    bases: slice.bases.set(container.id, root),
  }),
}

/** The container with some fields changed; nothing where it is gone. */
export function change(slice: Containers, id: string, by: (container: Container) => Partial<Container>): Containers {
  const container = slice.byId.get(id)
  return container ? { ...slice, byId: slice.byId.set(id, { ...container, ...by(container) }) } : slice
}
