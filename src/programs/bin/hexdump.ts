import type { Call } from './call.ts'
import { CHARACTERS, hexByte, littleEndian, printable, rows, section, type Unit } from './dump.ts'
import { gather } from './gather.ts'
import { parseCount } from './head.ts'

function canonical(offset: number, row: Uint8Array): string {
  const cells = [...row].map(hexByte)
  const left = cells.slice(0, 8).join(' ').padEnd(23)
  const right = cells.slice(8).join(' ').padEnd(23)
  return `${offset.toString(16).padStart(8, '0')}  ${left}  ${right}  |${[...row].map(printable).join('')}|`
}

const number = (radix: number, digits: number, width: number): Unit => ({
  size: 2,
  width,
  show: (row, at) => littleEndian(row, at, 2).toString(radix).padStart(digits, '0'),
})

function unitOf<Data>(call: Call<Data>): Unit {
  if (call.has('b')) return { size: 1, width: 4, show: (row, at) => row[at]!.toString(8).padStart(3, '0') }
  if (call.has('c')) return CHARACTERS
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
      const bytes = section(contents, skip, call.value('n'))
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
