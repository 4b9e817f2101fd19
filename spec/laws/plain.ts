import { Sequence } from '../../src/core/sequence.ts'
import { Table } from '../../src/core/table.ts'

/** A state as plain data that toEqual can compare: tables as entries, sequences as lists, snapshots by identity. */
export function plainOf(identity: Map<object, number> = new Map()): (value: unknown) => unknown {
  const plain = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Table) return { table: value.entries().map(([key, item]) => [key, plain(item)]) }
    if (value instanceof Sequence) return { sequence: [...value].map(plain) }
    if (value instanceof Uint8Array || isShared(value)) {
      if (!identity.has(value)) identity.set(value, identity.size)
      return `#${identity.get(value)}`
    }
    if (value instanceof Map) return { map: [...value].map(([key, item]) => [key, plain(item)]) }
    if (Array.isArray(value)) return value.map(plain)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
  }
  return plain
}

/** Persistent data that events hand on as it is: a file system's snapshot, a layer with its caches. */
const isShared = (value: object) => ('table' in value && 'next' in value) || value instanceof WeakMap
