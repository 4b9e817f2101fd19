/** Docker tells again when a hundredth more was read, or half a MiB where that is less. */
const MOST = 512 * 1024

/**
 * Which of the sizes reached, one read after the other, are told on the way. What is told at the end is another matter: some
 * readers meet the end, others are closed. `size`: of the whole, 0 where it is not known. docker: utils/progressreader.go
 */
export function updates(reads: Iterable<number>, size: number): number[] {
  const hundredth = Math.trunc(0.01 * size)
  const every = size > 0 && hundredth < MOST ? hundredth : MOST
  const told: number[] = []
  let last = 0
  for (const current of reads) {
    if (current - last <= every) continue
    told.push(current)
    last = current
  }
  return told
}

/** Reads of so many bytes each up to the end; the first may be another. */
export function* readsOf(total: number, each: number, first = each): Generator<number> {
  for (let at = first; at < total; at += each) yield at
  if (total > 0) yield total
}
