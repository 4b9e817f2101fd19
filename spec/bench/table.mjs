/** A line of the table: what, how much, and the ratio that a budget speaks of. */
export function row(name, figure, ratio, of) {
  const shown = ratio === undefined ? '' : `${ratio.toFixed(ratio < 0.1 ? 4 : 2)} × ${of}`
  console.log(`${name.padEnd(44)} ${String(figure).padStart(14)}   ${shown}`)
}

/** The median of several runs, in milliseconds. */
export function median(runs, work) {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now()
    work()
    return performance.now() - started
  }).sort((a, b) => a - b)
  return times[runs >> 1]
}
