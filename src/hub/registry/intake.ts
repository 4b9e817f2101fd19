import type { Request } from '../../http/input.ts'
import type { Intake } from '../../http/intake.ts'
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
      next: (bytes, at) => pieceOf({ ...head, method: 'PATCH', target: upload }, bytes, at),
      last: (bytes, at) => pieceOf(head, bytes, at),
    },
  }
}

function pieceOf(head: Request, body: Uint8Array, at: number): Request {
  const { 'content-range': range, 'content-length': _length, ...others } = head.headers
  const first = /^(\d+)-\d+$/.exec(range ?? '')?.[1]
  // The end of a body that was handed over up to its last byte is empty, and is no range.
  if (range === undefined || (at > 0 && body.length === 0)) return { ...head, body, headers: others }
  // A range that cannot be read is refused with the first piece.
  const own = first === undefined ? range : `${Number(first) + at}-${Number(first) + at + body.length - 1}`
  return { ...head, body, headers: { ...others, 'content-range': own } }
}
