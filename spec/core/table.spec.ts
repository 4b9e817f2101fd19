import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Table } from '../../src/core/table.ts'

const key = fc.oneof(fc.string({ maxLength: 4 }), fc.string({ unit: fc.constantFrom('a', 'b', '\0'), maxLength: 5 }))
const edit = fc.oneof(fc.record({ set: key, value: fc.nat() }), fc.record({ remove: key }))
const sorted = (map: Map<string, number>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))

function apply(edits: readonly ({ set: string; value: number } | { remove: string })[]) {
  let table: Table<number> = Table.empty
  const map = new Map<string, number>()
  const versions: [Table<number>, [string, number][]][] = []
  for (const step of edits) {
    if ('set' in step) {
      table = table.set(step.set, step.value)
      map.set(step.set, step.value)
    } else {
      table = table.delete(step.remove)
      map.delete(step.remove)
    }
    versions.push([table, sorted(map)])
  }
  return { table, map, versions }
}

test('a table is a sorted map, and every older version stays as it was', () => {
  fc.assert(
    fc.property(fc.array(edit, { size: 'max', maxLength: 80 }), (edits) => {
      const { table, map, versions } = apply(edits)
      for (const [version, entries] of versions) {
        expect(version.entries()).toEqual(entries)
        expect(version.size).toBe(entries.length)
      }
      for (const [name, value] of map) expect(table.get(name)).toBe(value)
      expect(table.first()).toBe(sorted(map)[0]?.[1])
    }),
  )
})

test('prefix search gives exactly the keys that start so, in order', () => {
  fc.assert(
    fc.property(fc.array(edit, { size: 'max', maxLength: 60 }), key, (edits, prefix) => {
      const { table, map } = apply(edits)
      const expected = sorted(map).filter(([name]) => name.startsWith(prefix))
      expect(table.prefix(prefix)).toEqual(expected.map(([, value]) => value))
    }),
  )
})

test('the order of insertion leaves no trace', () => {
  fc.assert(
    fc.property(fc.uniqueArray(key), (keys) => {
      const forwards = Table.from(keys.map((name) => [name, name] as const))
      const backwards = Table.from(keys.toReversed().map((name) => [name, name] as const))
      expect(forwards).toEqual(backwards)
    }),
  )
})
