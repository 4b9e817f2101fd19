import { describe, expect, it } from 'vitest'
import { pulledAt, sentAt, stepsOf } from '../../../src/engine/distribution/progress.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { DIRECTORY, tarEntry } from '../../../src/storage/tar/tar-entry.ts'

const PULL = { status: 'Downloading', id: 'a' } as const

describe('what a push tells of a layer', () => {
  /** As it was when dockerd 20.10.24 pushed the same trees, but for the blocks that GNU tar puts at the end. */
  const directory = (name: string) => tarEntry({ name, type: DIRECTORY })
  const first = (tar: Uint8Array, size: number) => sentAt(tar, size)[0]
  it('goes by hundredths of its files', () => {
    const small = encode([tarEntry({ name: 'f', body: new Uint8Array(5) })])
    expect(first(small, 5)).toBe(512)
    const larger = encode([
      directory('a/'),
      directory('a/b/'),
      tarEntry({ name: 'big', body: new Uint8Array(100_005) }),
    ])
    expect(first(larger, 100_005)).toBe(1024)
  })

  it('is only its end where there are no files', () => {
    expect(sentAt(encode([directory('x/'), directory('x/y/')]), 0)).toEqual([2048])
  })
})

describe('what a pull tells of a layer', () => {
  it('is the first piece and the whole, where it takes no time', () => {
    const at = (length: number) => stepsOf(pulledAt(length, PULL), PULL, 0, 0).map(({ current }) => current)
    expect(at(100)).toEqual([100])
    expect(at(32_768)).toEqual([32_768])
    expect(at(3_000_000)).toEqual([32_768, 3_000_000])
    // A hundredth is more than one piece.
    expect(at(5_000_000)).toEqual([65_536, 5_000_000])
    expect(at(0)).toEqual([0])
  })

  it('is ten lines a second at most, evenly in time', () => {
    const steps = stepsOf(pulledAt(10_000_000, PULL), PULL, 1_000_000, 2_000_000)
    expect(steps.length).toBeLessThanOrEqual(21)
    expect(steps.length).toBeGreaterThan(10)
    for (const { due, current } of steps) expect(due).toBe(1_000_000 + Math.floor((current / 10_000_000) * 2_000_000))
    for (const [i, { due }] of steps.slice(1, -1).entries()) expect(due - steps[i]!.due).toBeGreaterThanOrEqual(100_000)
  })
})
