import type { Duration, Instant } from '../../core/instant.ts'
import { MILLISECOND } from '../../core/instant.ts'
import { progressing } from '../../http/progress.ts'
import { readsOf, updates } from './progress-reader.ts'
import { downloadedAt, progressV1, timingFrom } from './progress-v1.ts'
import { tarReads } from './tar-reads.ts'

/** Lines that are told of what goes over the wire. */
export interface Progress {
  /** What is pulled comes with the answer, what is pushed goes with the request. */
  readonly status: 'Downloading' | 'Pushing'
  readonly id: string
  /** Of the whole, as it is shown; default: as much as comes. */
  readonly size?: number
  /** Of what is pushed: sizes that are told, the last one at the end. */
  readonly at?: readonly number[]
  /** As Registry v1 was told of: with the time that is left, or without. */
  readonly v1?: 'timed' | 'untimed'
}

/** A size that is told when it is reached. */
export interface Step {
  readonly due: Instant
  readonly current: number
}

/** moby tells of a layer so often at most, but always of its end. moby: pkg/progress/progressreader.go */
const SELDOM: Duration = 100 * MILLISECOND
/** Go's io.Copy takes so much at once. */
const COPIED = 32 * 1024

/** The sizes at which a pull tells of so many bytes. */
export function pulledAt(length: number, { size = length, v1 }: Progress): readonly number[] {
  if (v1) return downloadedAt(length, size)
  return [...updates(readsOf(length, COPIED), size).filter((current) => current < length), length]
}

/** The sizes at which a push tells of a layer, of whose files there are `size` bytes. */
export const sentAt = (tar: Uint8Array, size: number): readonly number[] => [
  ...updates(tarReads(tar), size).filter((current) => current < tar.length),
  tar.length,
]

/** When each size is reached by something that takes so long, evenly. */
export function stepsOf(sizes: readonly number[], { v1 }: Progress, from: Instant, takes: Duration): Step[] {
  const end = sizes.at(-1) || 1
  const steps = sizes.map((current) => ({ due: from + Math.floor((current / end) * takes), current }))
  if (v1) return steps
  const last = steps.pop()
  let free = from
  const told = steps.filter(({ due }) => {
    if (due < free) return false
    free = due + SELDOM
    return true
  })
  return last ? [...told, last] : told
}

/** What is told of a layer that is unpacked, which takes no time. */
export function extracting(id: string, length: number): object[] {
  const sizes = stepsOf(pulledAt(length, { status: 'Downloading', id }), { status: 'Downloading', id }, 0, 0)
  return sizes.map(({ current }) => progressing('Extracting', id, current, length))
}

/** What is told of `current` bytes of something that began `from` then. */
export function lineOf({ status, id, size = 0, v1 }: Progress, current: number, from: Instant, now: Instant): object {
  if (!v1) return progressing(status, id, current, size)
  return progressV1(status, id, current, size, v1 === 'timed' ? timingFrom(from, now) : undefined)
}
