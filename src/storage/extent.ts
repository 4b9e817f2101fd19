import { FileError } from './file-error.ts'
import type { Extent } from './inode.ts'
import type { Owner } from './inode-table.ts'

const NOTHING = new Uint8Array(0)
const LARGEST = 2 ** 31
const STEP = 16 * 2 ** 20

export const EMPTY: Extent = { owner: null, bytes: NOTHING, used: 0, lent: false }

/** Content that is a view of somebody else's bytes: never written to. */
export function adopted(bytes: Uint8Array): Extent {
  return { owner: null, bytes, used: bytes.length, lent: true }
}

/** `bytes` put at `at` into content of `size` bytes. In place where nobody else can see it, else in a copy. */
export function put(extent: Extent, size: number, at: number, bytes: Uint8Array, owner: Owner): Extent {
  const end = at + bytes.length
  if (end > LARGEST) throw new FileError('EFBIG')
  const target = writable(extent, size, at, end, owner)
  if (at > size) target.bytes.fill(0, size, at)
  target.bytes.set(bytes, at)
  if (end > target.used) target.used = end
  return target
}

function writable(extent: Extent, size: number, at: number, end: number, owner: Owner): Extent {
  const fits = end <= extent.bytes.length
  const appends = at === size && extent.used === size && extent.owner !== null
  if (fits && (appends || (extent.owner === owner && !extent.lent))) return extent
  const capacity = end > size ? Math.max(end, Math.min(size * 2, size + Math.max(STEP, size >> 1)), 64) : size
  const copy = new Uint8Array(capacity)
  copy.set(extent.bytes.subarray(0, size))
  return { owner, bytes: copy, used: size, lent: false }
}
