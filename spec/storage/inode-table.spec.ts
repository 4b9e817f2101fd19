import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InodeTable } from '../../src/storage/inode-table.ts'

const index = fc.oneof(fc.nat(70), fc.nat(40_000))

describe('InodeTable', () => {
  test('gives undefined for what was never set', () => {
    const table = new InodeTable<object>()
    expect([table.get(0), table.get(-1), table.get(1e6), table.length]).toEqual([undefined, undefined, undefined, 0])
  })

  test('is a map, and its forks do not see each other', () => {
    const write = fc.record({ index, value: fc.option(fc.nat(), { nil: undefined }), fork: fc.boolean() })
    fc.assert(
      fc.property(fc.array(write, { maxLength: 80, size: 'max' }), (writes) => {
        const kept: { table: InodeTable<number>; model: Map<number, number | undefined> }[] = []
        const table = new InodeTable<number>()
        let owner = {}
        const model = new Map<number, number | undefined>()
        for (const { index, value, fork } of writes) {
          if (fork) {
            kept.push({ table: table.fork(), model: new Map(model) })
            owner = {}
          }
          table.set(index, value, owner)
          model.set(index, value)
        }
        kept.push({ table, model })
        for (const { table, model } of kept) {
          for (const { index } of writes) expect(table.get(index)).toBe(model.get(index))
        }
      }),
    )
  })

  test('diff visits exactly the indexes whose values are different objects, in order', () => {
    const writes = fc.array(fc.tuple(index, fc.boolean()), { maxLength: 60, size: 'max' })
    fc.assert(
      fc.property(writes, writes, (before, after) => {
        const a = new InodeTable<object>()
        const first = {}
        for (const [index, keep] of before) a.set(index, keep ? {} : undefined, first)
        const b = a.fork()
        const second = {}
        for (const [index, keep] of after) b.set(index, keep ? {} : undefined, second)
        const seen: number[] = []
        InodeTable.diff(a, b, (index, x, y) => {
          expect([x, y]).toEqual([a.get(index), b.get(index)])
          seen.push(index)
        })
        const touched = [...new Set([...before, ...after].map(([index]) => index))].sort((x, y) => x - y)
        expect(seen).toEqual(touched.filter((index) => a.get(index) !== b.get(index)))
      }),
    )
  })

  test('diff of a fork with one write reads one leaf and not the table', () => {
    const a = new InodeTable<{ n: number }>()
    const first = {}
    for (let n = 0; n < 100_000; n++) a.set(n, { n }, first)
    const b = a.fork()
    b.set(77_777, { n: -1 }, {})
    const seen: number[] = []
    InodeTable.diff(a, b, (index) => seen.push(index))
    expect(seen).toEqual([77_777])
  })
})
