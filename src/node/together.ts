let due: (() => void)[] = []

/** Writes when this turn of the event loop ends, with whatever else it answers: a client that sleeps is woken once for all. */
export function together(write: () => void): void {
  if (due.push(write) === 1) setImmediate(flush)
}

function flush(): void {
  const now = due
  due = []
  for (const write of now) write()
}
