import { NO_BYTES } from '../kernel/bytes.ts'
import { joinBytes } from '../text/join-bytes.ts'
import type { Call } from './call.ts'
import { hexByte, littleEndian, printable, rows } from './dump.ts'
import { gather } from './gather.ts'
import { parseCount } from './head.ts'

function canonical(offset: number, row: Uint8Array): string {
  const cells = [...row].map(hexByte)
  const left = cells.slice(0, 8).join(' ').padEnd(23)
  const right = cells.slice(8).join(' ').padEnd(23)
  return `${offset.toString(16).padStart(8, '0')}  ${left}  ${right}  |${[...row].map(printable).join('')}|`
}

const NAMES: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
}
const character = (byte: number): string =>
  NAMES[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))

/** A unit of so many bytes in so many columns. */
interface Unit {
  readonly size: number
  readonly width: number
  show(row: Uint8Array, at: number): string
}

const number = (radix: number, digits: number, width: number): Unit => ({
  size: 2,
  width,
  show: (row, at) => littleEndian(row, at, 2).toString(radix).padStart(digits, '0'),
})

function unitOf<Data>(call: Call<Data>): Unit {
  if (call.has('b')) return { size: 1, width: 4, show: (row, at) => row[at]!.toString(8).padStart(3, '0') }
  if (call.has('c')) return { size: 1, width: 4, show: (row, at) => character(row[at]!) }
  if (call.has('d')) return number(10, 5, 8)
  if (call.has('o')) return number(8, 6, 8)
  return call.has('x') ? number(16, 4, 8) : number(16, 4, 5)
}

/** A short last row is filled up with blanks. */
function units({ size, width, show }: Unit, offset: number, row: Uint8Array): string {
  let line = ''
  for (let at = 0; at < row.length; at += size) line += show(row, at).padStart(width)
  return offset.toString(16).padStart(7, '0') + line.padEnd((16 / size) * width)
}

const program = (name: string, always: boolean) =>
  gather({
    name,
    short: 'bcdoxCvn:s:e:f:',
    usage: `${name} [-bcdoxCv] [-e FMT] [-f FMT_FILE] [-n LEN] [-s OFS] [FILE]...`,
    done(call, contents) {
      const skip = parseCount(call.value('s') ?? '0') ?? 0
      const limit = call.value('n')
      const all = contents.length > 0 ? joinBytes(contents) : NO_BYTES
      const bytes = all.subarray(skip, limit === undefined ? undefined : skip + (parseCount(limit) ?? 0))
      const full = always || call.has('C')
      const unit = unitOf(call)
      for (const item of rows(bytes, 16, !call.has('v'))) {
        if (item === '*') call.out('*\n')
        else if (full) call.out(`${canonical(skip + item.offset, item.row)}\n`)
        else call.out(`${units(unit, skip + item.offset, item.row)}\n`)
      }
      if (bytes.length > 0) call.out(`${(skip + bytes.length).toString(16).padStart(full ? 8 : 7, '0')}\n`)
      return undefined
    },
  })

export const hexdump = program('hexdump', false)
export const hd = program('hd', true)
