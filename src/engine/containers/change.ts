import type { Container, Containers } from './container.ts'

/** The container with some fields changed; nothing where it is gone. */
export function change(slice: Containers, id: string, by: (container: Container) => Partial<Container>): Containers {
  const container = slice.byId.get(id)
  return container ? { ...slice, byId: slice.byId.set(id, { ...container, ...by(container) }) } : slice
}
