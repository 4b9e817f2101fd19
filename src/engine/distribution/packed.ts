import { digestOf } from '../../storage/digest.ts'
import { gzip } from '../../storage/gzip/gzip.ts'
import type { Layer } from '../images/layer.ts'

/** A layer as it goes over the wire. */
export interface Packed {
  readonly digest: string
  readonly bytes: Uint8Array
}

const known = new WeakMap<Uint8Array, Packed>()

/** The same tar gives the same bytes, so it is packed once. */
export function packed({ tar }: Layer): Packed {
  const before = known.get(tar)
  if (before) return before
  const bytes = gzip(tar)
  const now = { digest: digestOf(bytes), bytes }
  known.set(tar, now)
  return now
}
