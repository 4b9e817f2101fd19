import type { Networks } from './network.ts'

/** Notes that a container's network depends on that of others. */
export function withDependencies(slice: Networks, container: string, on: readonly string[]): Networks {
  const known = slice.dependencies.get(container) ?? []
  const added = [...new Set(on)].filter((id) => !known.includes(id))
  if (added.length === 0) return slice
  const dependents = added.reduce((table, id) => table.set(id, [...(table.get(id) ?? []), container]), slice.dependents)
  return { ...slice, dependents, dependencies: slice.dependencies.set(container, [...known, ...added]) }
}

/** A container that is gone depends on nobody. */
export function withoutDependencies(slice: Networks, container: string): Networks {
  const known = slice.dependencies.get(container)
  if (!known) return slice
  const dependents = known.reduce((table, id) => {
    const others = (table.get(id) ?? []).filter((other) => other !== container)
    return others.length > 0 ? table.set(id, others) : table.delete(id)
  }, slice.dependents)
  return { ...slice, dependents, dependencies: slice.dependencies.delete(container) }
}
