import type { Link } from '../engine/distribution/link.ts'
import { durationOf, type Time } from '../programs/duration.ts'

/** How long it takes to speak with registries, in virtual time. */
export interface NetworkOrigin {
  /** Bytes a second of each request and each answer. Default: no limit. */
  readonly bandwidth?: number
  /** How long each request takes beside its bytes: `'50ms'`, or a number of milliseconds. Default 0. */
  readonly latency?: Time
}

export function linkOf({ bandwidth, latency = 0 }: NetworkOrigin): Link {
  if (bandwidth !== undefined && !(bandwidth > 0)) throw new TypeError(`not a bandwidth: ${bandwidth}`)
  return { latency: durationOf(latency), bandwidth: bandwidth === Number.POSITIVE_INFINITY ? undefined : bandwidth }
}
