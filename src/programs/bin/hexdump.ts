import { concat } from '../kernel/bytes.ts'
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

function words<Data>(call: Call<Data>, offset: number, row: Uint8Array): string {
  let line = offset.toString(16).padStart(7, '0')
  const [radix, digits, columns] = call.has('d')
    ? [10, 5, 8]
    : call.has('o')
      ? [8, 6, 8]
      : call.has('x')
        ? [16, 4, 8]
        : [16, 4, 5]
  if (call.has('b')) return line + [...row].map((byte) => byte.toString(8).padStart(3, '0').padStart(4)).join('')
  for (let at = 0; at < row.length; at += 2)
    line += littleEndian(row, at, 2).toString(radix).padStart(digits, '0').padStart(columns)
  return line
}

const program = (name: string, always: boolean) =>
  gather({
    name,
    short: 'bcdoxCvn:s:e:f:',
    usage: `${name} [-bcdoxCv] [-e FMT] [-f FMT_FILE] [-n LEN] [-s OFS] [FILE]...`,
    done(call, contents) {
      const skip = parseCount(call.value('s') ?? '0') ?? 0
      const limit = call.value('n')
      const all = contents.length > 0 ? concat(...contents) : new Uint8Array(0)
      const bytes = all.subarray(skip, limit === undefined ? undefined : skip + (parseCount(limit) ?? 0))
      const full = always || call.has('C')
      for (const item of rows(bytes, 16, !call.has('v'))) {
        if (item === '*') call.out('*\n')
        else call.out(`${full ? canonical(skip + item.offset, item.row) : words(call, skip + item.offset, item.row)}\n`)
      }
      if (bytes.length > 0) call.out(`${(skip + bytes.length).toString(16).padStart(full ? 8 : 7, '0')}\n`)
      return undefined
    },
  })

export const hexdump = program('hexdump', false)
export const hd = program('hd', true)
