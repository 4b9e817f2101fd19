import { utf8 } from '../../http/json-lines.ts'
import type { Answer, HeaderPairs } from '../../http/reply.ts'
import { type Blob, sizeOf, sliceOf } from './blob.ts'

interface Range {
  readonly from: number
  /** Inclusive. */
  readonly to: number
}

const REFUSED = 'invalid range'
const BEYOND = 'invalid range: failed to overlap'

/** The whole of some content, or the parts that `Range` asks for, as Go's http.ServeContent gives them. RFC 9110 §14 */
export function ranged(content: Blob, asked: string | undefined, type: string, headers: HeaderPairs): Answer {
  const size = sizeOf(content)
  const whole: Answer = { status: 200, headers: [...headers, ['Content-Type', type], sized(size)], bytes: content }
  if (asked === undefined || asked === '') return whole
  const ranges = rangesOf(asked, size)
  if (typeof ranges === 'string') return unsatisfied(ranges, size, headers)
  // Who asks for more than there is gets it once.
  if (ranges.length === 0 || ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0) > size) return whole
  return ranges.length === 1 ? one(content, ranges[0]!, type, headers) : several(content, ranges, type, headers)
}

const sized = (length: number) => ['Content-Length', String(length)] as const
const said = ({ from, to }: Range, size: number) => `bytes ${from}-${to}/${size}`

function unsatisfied(words: string, size: number, headers: HeaderPairs): Answer {
  const kept = headers.filter(([name]) => name !== 'Etag' && name !== 'Cache-Control' && name !== 'Accept-Ranges')
  const content = words === BEYOND ? [['Content-Range', `bytes */${size}`] as const] : []
  return { status: 416, headers: [...kept, ...content], text: `${words}\n` }
}

/** Go reads them as int64. */
const overflows = (digits: string): boolean => digits.length > 18 && BigInt(digits) > 0x7fff_ffff_ffff_ffffn

/** Go: net/http parseRange */
function rangesOf(header: string, size: number): readonly Range[] | string {
  if (!header.startsWith('bytes=')) return REFUSED
  const specs = header
    .slice('bytes='.length)
    .split(',')
    .map((spec) => spec.trim())
    .filter((spec) => spec !== '')
  const ranges: Range[] = []
  for (const spec of specs) {
    const [, first = '', last = ''] = /^(\d*)\s*-\s*(\d*)$/.exec(spec) ?? [undefined, '', '']
    if ((first === '' && last === '') || [first, last].some(overflows)) return REFUSED
    const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
    const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
    if (first !== '' && last !== '' && Number(last) < from) return REFUSED
    if (from < size || (first === '' && size === 0)) ranges.push({ from, to })
  }
  return ranges.length === 0 && specs.length > 0 ? BEYOND : ranges
}

function one(content: Blob, range: Range, type: string, headers: HeaderPairs): Answer {
  const bytes = sliceOf(content, range.from, range.to + 1)
  const own = [['Content-Range', said(range, sizeOf(content))], ['Content-Type', type], sized(sizeOf(bytes))] as const
  return { status: 206, headers: [...headers, ...own], bytes }
}

/** Go deals the boundary by chance. */
const BOUNDARY = 'wavetank'.padEnd(60, '0')

function several(content: Blob, ranges: readonly Range[], type: string, headers: HeaderPairs): Answer {
  const parts = ranges.flatMap((range, i) => [
    utf8(
      `${i === 0 ? '' : '\r\n'}--${BOUNDARY}\r\nContent-Range: ${said(range, sizeOf(content))}\r\nContent-Type: ${type}\r\n\r\n`,
    ),
    ...sliceOf(content, range.from, range.to + 1),
  ])
  const bytes = [...parts, utf8(`\r\n--${BOUNDARY}--\r\n`)]
  const own = [['Content-Type', `multipart/byteranges; boundary=${BOUNDARY}`], sized(sizeOf(bytes))] as const
  return { status: 206, headers: [...headers, ...own], bytes }
}
