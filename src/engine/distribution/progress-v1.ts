import { humanSize } from '../../http/progress.ts'

/** Identifiers of v1 are shown by their beginning. */
export const shortId = (id: string): string => id.slice(0, 12)

const size = (bytes: number) => humanSize(bytes).replace(/(?=[a-zA-Z])(?<=\d)/, ' ')

/** A bar as docker drew it up to 1.11: with a space before the unit. */
function bar(current: number, total: number): string {
  const done = Math.min(50, Math.trunc(((current / total) * 100) / 2))
  return `[${'='.repeat(done)}>${' '.repeat(50 - done)}] ${size(current).padStart(8)}/${size(total)}`
}

/** A line about an image, without a bar. */
export const lineV1 = (status: string, id: string) => ({ status, progressDetail: {}, id: shortId(id) })

/** A line with a bar, or where the end is not known with the size so far. */
export const progressV1 = (status: string, id: string, current: number, total?: number) => ({
  status,
  progressDetail: { current, ...(total === undefined ? {} : { total }) },
  progress: total === undefined ? size(current).padStart(8) : bar(current, total),
  id: shortId(id),
})
