import { durationText } from '../../core/duration-text.ts'
import { type Instant, SECOND } from '../../core/instant.ts'
import { goJson, progressLine, utf8 } from '../../http/json-lines.ts'
import { bar, humanSize } from '../../http/progress.ts'
import { readsOf, updates } from './progress-reader.ts'
import { tarReads } from './tar-reads.ts'

/** Identifiers of v1 are shown by their beginning. */
export const shortId = (id: string): string => id.slice(0, 12)

const size = (bytes: number) => humanSize(bytes).replace(/(?=[a-zA-Z])(?<=\d)/, ' ')

/** A line about an image, without a bar. */
export const lineV1 = (status: string, id: string) => ({ status, progressDetail: {}, id: shortId(id) })

/** When something began, and how late it is now: docker up to 1.5 told of it, and of how long it would still take. */
export interface Timing {
  /** Unix seconds. */
  readonly start: number
  readonly now: Instant
}

export const timingFrom = (began: Instant, now: Instant = began): Timing => ({ start: Math.floor(began / SECOND), now })

/** A line with a bar, or where the end is not known with the size so far. Zeros are left out, as everywhere in Go. */
export function progressV1(status: string, id: string, current: number, total = 0, timing?: Timing) {
  const detail = {
    ...(current === 0 ? {} : { current }),
    ...(total === 0 ? {} : { total }),
    ...(timing && { start: timing.start }),
  }
  const progress = drawn(current, total, timing)
  return { status, progressDetail: detail, ...(progress === '' ? {} : { progress }), id: shortId(id) }
}

/** As docker drew it up to 1.11: with a space before the unit. docker: pkg/jsonmessage JSONProgress.String */
function drawn(current: number, total: number, timing?: Timing): string {
  if (current <= 0 && total <= 0) return ''
  const now = size(current).padStart(8)
  if (total <= 0) return now
  const left = timing && current > 0 ? timeLeft(current, total, timing) : ''
  return `${bar(current, total)} ${now}/${size(total)}${left}`
}

/** It took so long per byte till now, in whole nanoseconds, from a start in whole seconds. Nothing at the end of the bar. */
function timeLeft(current: number, total: number, { start, now }: Timing): string {
  if (Math.trunc((current / total) * 100) >= 100) return ''
  const each = (BigInt(now - start * SECOND) * 1000n) / BigInt(current)
  const seconds = Number((BigInt(total - current) * each) / 1_000_000_000n)
  return ` ${durationText(seconds * SECOND)}`
}

/** A record of TLS, and what the head of the answer leaves of the first one. */
const RECORD = 16_384
const FIRST = 16_135
/** What a pipe gives at once. */
const PIPED = 32_768

/** How much of a layer is there when a pull tells of it, with what was read last. */
export function downloadedAt(length: number, size = length): number[] {
  const told = updates(readsOf(length, RECORD, FIRST), size)
  return told.at(-1) === length ? told : [...told, length]
}

/** How much of a layer is written to disk before a push sends it. */
export const bufferedAt = (length: number): number[] => [...updates(readsOf(length, PIPED), 0), length]

/** How much of a layer is read when a push tells of it; when its reader is closed it tells once more. */
export const pushedAt = (tar: Uint8Array): number[] => [...updates(tarReads(tar), tar.length), tar.length]

/** As it was sent up to docker 1.7: what tells of progress without an end of line, so that the next follows at once. */
export const encodeV1 = (line: unknown): Uint8Array =>
  'progressDetail' in (line as object) ? utf8(goJson(line)) : progressLine(line)
