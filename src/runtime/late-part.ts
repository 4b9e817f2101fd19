import type { Part } from './conductor.ts'

/** A part that may not have begun: then it has nothing to do. */
export function latePart(part: () => Part | undefined): Part {
  return {
    work: () => part()?.work() ?? false,
    next: (awaited) => part()?.next(awaited),
    wake: (now) => part()?.wake(now),
    get awaited() {
      return part()?.awaited ?? false
    },
  }
}
