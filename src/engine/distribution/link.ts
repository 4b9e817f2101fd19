import { type Duration, SECOND } from '../../core/instant.ts'

/** How fast the machine's way to its registries is. */
export interface Link {
  /** How long a request takes beside its bytes. */
  readonly latency: Duration
  /** Bytes a second, in either direction; `undefined`: no limit. */
  readonly bandwidth: number | undefined
}

/** Requests take no time. */
export const instantly: Link = { latency: 0, bandwidth: undefined }

export const timeOf = ({ bandwidth }: Link, bytes: number): Duration =>
  bandwidth === undefined ? 0 : Math.ceil((bytes * SECOND) / bandwidth)
