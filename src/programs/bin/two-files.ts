import type { Program } from '../kernel/program.ts'
import type { Call } from './call.ts'
import type { FilterFrame } from './filter.ts'
import { type Gather, type Gathered, gather } from './gather.ts'
import { usage } from './tool.ts'

export interface TwoFiles extends Pick<Gather, 'name' | 'short'> {
  readonly usage: string
  /** Both were read. */
  done(call: Call<Gathered>, left: Uint8Array, right: Uint8Array): void
}

/** A program that sets two sorted files against each other. */
export const twoFiles = (rules: TwoFiles): Program<FilterFrame<Gathered>> =>
  gather({
    ...rules,
    start(call) {
      if (call.operands.length === 2) return undefined
      usage(call, rules.usage)
      return 1
    },
    done(call, [left, right]) {
      if (!left || !right) return 1
      rules.done(call, left, right)
      return undefined
    },
  })

/** Goes through two sorted lists: what stands in one of them, or in both. The visitor says how many of each it took. */
export function merge<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
  visit: (order: number, left: number, right: number) => readonly [number, number],
): void {
  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    const order = i >= left.length ? 1 : j >= right.length ? -1 : compare(left[i]!, right[j]!)
    const [a, b] = visit(order, i, j)
    i += a
    j += b
  }
}
