const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

/** units.HumanSize: four significant digits, powers of 1000. */
export function humanSize(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${Number(value.toPrecision(4))}${UNITS[unit]}`
}

/** The drawn progress of a line of a stream: `[=====>      ]  1.2MB/3MB`. moby: jsonmessage.JSONProgress.String */
export function progressBar(current: number, total: number): string {
  const now = humanSize(current).padStart(8)
  if (total <= 0) return now
  const numbers = current > total ? now : `${now}/${humanSize(total)}`
  return `${bar(current, total)} ${numbers}`
}

/** `[=====>      ]` */
export function bar(current: number, total: number): string {
  const done = Math.min(50, Math.trunc(((current / total) * 100) / 2))
  return `[${'='.repeat(done)}>${' '.repeat(50 - done)}]`
}

/** A line with progress. Zeros are left out, as everywhere in Go. */
export const progressing = (status: string, id: string, current: number, total: number) => ({
  status,
  progressDetail: { ...(current !== 0 && { current }), ...(total !== 0 && { total }) },
  progress: progressBar(current, total),
  id,
})

/** How a stream says that it failed after it began. */
export const failing = (message: string, code?: number) => ({
  errorDetail: { ...(code === undefined ? {} : { code }), message },
  error: message,
})
