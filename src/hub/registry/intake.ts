import type { Request } from '../../http/input.ts'
import type { Intake } from '../../http/intake.ts'
import type { HeaderPairs } from '../../http/reply.ts'
import { LARGEST_MANIFEST } from './manifest-put.ts'

const UPLOAD = /^\/v2\/.+\/blobs\/uploads\/[^/?]+(?:\?|$)/
const MANIFEST = /^\/v2\/.+\/manifests\/[^/?]+(?:\?|$)/

/** A long PATCH or PUT of an upload is many: what has come stays, whatever becomes of the connection. `undefined`: any other body. */
export function intakeOf(head: Request): Intake | undefined {
  const { method, target } = head
  if (method === 'PUT' && MANIFEST.test(target)) return { limit: LARGEST_MANIFEST + 1 }
  if ((method !== 'PATCH' && method !== 'PUT') || !UPLOAD.test(target)) return undefined
  const upload = target.split('?', 1)[0]!
  return {
    limit: Number.POSITIVE_INFINITY,
    pieces: {
      next: (bytes, at, before) => pieceOf({ ...head, method: 'PATCH', target: upload }, bytes, at, before),
      last: (bytes, at, before) => pieceOf(head, bytes, at, before),
    },
  }
}

function pieceOf(head: Request, body: Uint8Array, at: number, before: HeaderPairs): Request {
  const { 'content-range': range, 'content-length': _length, ...others } = head.headers
  // The end of a body that was handed over up to its last byte is empty, and is no range.
  if (at > 0 && body.length === 0) return { ...head, body, headers: others }
  const begin = beginOf(range, at, before)
  // A range that cannot be read is refused with the first piece.
  const own = begin === undefined ? range : `${begin}-${begin + body.length - 1}`
  return { ...head, body, headers: own === undefined ? others : { ...others, 'content-range': own } }
}

/** Where a piece begins: where it is said to, else where the one before ended, so that two bodies at once are never mixed. */
function beginOf(range: string | undefined, at: number, before: HeaderPairs): number | undefined {
  if (range !== undefined) {
    const first = /^(\d+)-\d+$/.exec(range)?.[1]
    return first === undefined ? undefined : Number(first) + at
  }
  const end = at === 0 ? undefined : before.find(([name]) => name === 'Range')?.[1].split('-')[1]
  return end === undefined ? undefined : Number(end) + 1
}
