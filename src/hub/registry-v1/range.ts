import type { Answer, HeaderPairs } from '../../http/reply.ts'
import { rangeNotSatisfiable } from './errors.ts'

/** A layer, whole or a part of it. The era's registry forgot the unit, and counted an open end one byte too far: we do not. */
export function layerAnswer(layer: Uint8Array, range: string | undefined, kept: HeaderPairs): Answer {
  const headers: HeaderPairs = [['Content-Type', 'application/octet-stream'], ['Accept-Ranges', 'bytes'], ...kept]
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '')
  if (!asked) return { status: 200, headers: [...headers, ['Content-Length', String(layer.length)]], bytes: [layer] }
  const from = Number(asked[1])
  const to = asked[2] === '' ? layer.length - 1 : Math.min(Number(asked[2]), layer.length - 1)
  // It wanted two bytes at least.
  if (asked[2] !== '' && Number(asked[2]) - from < 1) throw rangeNotSatisfiable()
  if (from > to) throw rangeNotSatisfiable()
  return {
    status: 206,
    headers: [
      ...headers,
      ['Content-Range', `bytes ${from}-${to}/${layer.length}`],
      ['Content-Length', String(to - from + 1)],
    ],
    bytes: [layer.subarray(from, to + 1)],
  }
}
