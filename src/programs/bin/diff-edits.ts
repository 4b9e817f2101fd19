/** A stretch in which two lists differ: what is taken out of the one and put in of the other. */
export interface Edit {
  readonly from: number
  readonly to: number
  readonly otherFrom: number
  readonly otherTo: number
}

/** The shortest edits from `a` to `b` (Myers, linear space not needed here). */
export function editsOf(a: readonly string[], b: readonly string[]): Edit[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const kept = matches(a.slice(start, endA), b.slice(start, endB)).map(([x, y]) => [x + start, y + start] as const)
  return gaps([...kept, [endA, endB]], start)
}

function gaps(kept: readonly (readonly [number, number])[], start: number): Edit[] {
  const edits: Edit[] = []
  let [x, y] = [start, start]
  for (const [nextX, nextY] of kept) {
    if (nextX > x || nextY > y) edits.push({ from: x, to: nextX, otherFrom: y, otherTo: nextY })
    x = nextX + 1
    y = nextY + 1
  }
  return edits
}

/** Beyond so many edits the search would take too long: all in between counts as changed. */
const LIMIT = 2000

/** The pairs of a longest common subsequence. */
function matches(a: readonly string[], b: readonly string[]): [number, number][] {
  const furthest = new Map<number, number>([[1, 0]])
  const history: Map<number, number>[] = []
  for (let edits = 0; edits <= Math.min(a.length + b.length, LIMIT); edits++) {
    history.push(new Map(furthest))
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down =
        diagonal === -edits || (diagonal !== edits && get(furthest, diagonal - 1) < get(furthest, diagonal + 1))
      let x = down ? get(furthest, diagonal + 1) : get(furthest, diagonal - 1) + 1
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++
      furthest.set(diagonal, x)
      if (x >= a.length && x - diagonal >= b.length) return trace(history, a, b)
    }
  }
  return []
}

const get = (map: Map<number, number>, key: number) => map.get(key) ?? -1

function trace(
  history: readonly Map<number, number>[],
  a: readonly string[],
  b: readonly string[],
): [number, number][] {
  const pairs: [number, number][] = []
  let [x, y] = [a.length, b.length]
  for (let edits = history.length - 1; edits >= 0; edits--) {
    const furthest = history[edits]!
    const diagonal = x - y
    const down =
      diagonal === -edits || (diagonal !== edits && get(furthest, diagonal - 1) < get(furthest, diagonal + 1))
    const previous = down ? diagonal + 1 : diagonal - 1
    const fromX = edits === 0 ? 0 : get(furthest, previous)
    const fromY = edits === 0 ? 0 : fromX - previous
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0) && x > 0 && y > 0 && a[x - 1] === b[y - 1])
      pairs.push([--x, --y])
    x = fromX
    y = fromY
  }
  return pairs.reverse()
}
