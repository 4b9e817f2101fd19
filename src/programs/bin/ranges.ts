/** Numbers from 1 on; without an end: to the last. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** `1,3-5,7-`: in order; undefined: it is no list. */
export function parseRanges(text: string): Range[] | undefined {
  const ranges: Range[] = []
  for (const item of text.split(',')) {
    const found = /^(\d*)(-?)(\d*)$/.exec(item)
    if (!found || item === '' || item === '-') return undefined
    const from = found[1] === '' ? 1 : Number(found[1])
    const to = found[2] === '' ? from : found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3])
    if (from < 1 || to < from) return undefined
    ranges.push({ from, to })
  }
  return ranges.sort((a, b) => a.from - b.from)
}

export const inRanges = (ranges: readonly Range[], place: number): boolean =>
  ranges.some(({ from, to }) => place >= from && place <= to)
