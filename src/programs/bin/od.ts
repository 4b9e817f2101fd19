import { joinBytes } from '../text/join-bytes.ts'
import type { Call } from './call.ts'
import { littleEndian, rows } from './dump.ts'
import { gather } from './gather.ts'
import { parseCount } from './head.ts'

/** How one type shows: so many bytes for a unit, in so many columns. */
interface Format {
  readonly size: number
  readonly width: number
  show(row: Uint8Array, at: number): string
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
const CONTROLS =
  'nul soh stx etx eot enq ack bel  bs  ht  nl  vt  ff  cr  so  si dle dc1 dc2 dc3 dc4 nak syn etb can  em sub esc  fs  gs  rs  us  sp'
    .trim()
    .split(/\s+/)

const character = (byte: number): string =>
  NAMES[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))

function integer(letter: string, size: number): Format {
  const radix = letter === 'x' ? 16 : letter === 'o' ? 8 : 10
  const digits =
    letter === 'x' ? size * 2 : letter === 'o' ? Math.ceil((size * 8) / 3) : { 1: 3, 2: 5, 4: 10, 8: 20 }[size]!
  const padded = letter === 'x' || letter === 'o'
  const width = digits + (letter === 'd' ? 1 : 0) + 1
  return {
    size,
    width,
    show(row, at) {
      const value = littleEndian(row, at, size)
      const shown = letter === 'd' ? BigInt.asIntN(size * 8, value) : value
      return padded ? shown.toString(radix).padStart(digits, '0') : shown.toString(radix)
    },
  }
}

const CHARACTERS: Format = { size: 1, width: 4, show: (row, at) => character(row[at]!) }
const NAMED: Format = {
  size: 1,
  width: 4,
  show: (row, at) => {
    const byte = row[at]! & 127
    return byte <= 32 ? CONTROLS[byte]! : byte === 127 ? 'del' : String.fromCharCode(byte)
  },
}

const SHORT: Readonly<Record<string, string>> = {
  a: 'a',
  b: 'o1',
  c: 'c',
  d: 'u2',
  h: 'x2',
  i: 'd4',
  l: 'd8',
  o: 'o2',
  s: 'd2',
  x: 'x2',
}
const SIZES: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8 }

function formatOf(type: string): Format | undefined {
  if (type === 'a') return NAMED
  if (type === 'c') return CHARACTERS
  const found = /^([doux])([1248CSIL]?)$/.exec(type)
  return found ? integer(found[1]!, SIZES[found[2]!] ?? Number(found[2] || 4)) : undefined
}

function formats<Data>(call: Call<Data>): Format[] {
  const short = Object.keys(SHORT)
    .filter((letter) => call.has(letter))
    .map((letter) => SHORT[letter]!)
  const given = call.values('t').flatMap((list) => list.match(/[acdoux][1248CSIL]?/g) ?? [])
  const types = [...short, ...given]
  return (types.length > 0 ? types : ['o2']).map(formatOf).filter((format) => format !== undefined)
}

function address<Data>(call: Call<Data>, offset: number): string {
  const radix = call.value('A') ?? 'o'
  if (radix === 'n') return ''
  return radix === 'd'
    ? String(offset).padStart(7, '0')
    : radix === 'x'
      ? offset.toString(16).padStart(6, '0')
      : offset.toString(8).padStart(7, '0')
}

export const od = gather({
  name: 'od',
  short: 'abcdfhiloxsvt:A:N:j:S:w:',
  usage: 'od [-abcdfhilovxs] [-t TYPE] [-A RADIX] [-N SIZE] [-j SKIP] [-S MINSTR] [-w WIDTH] [FILE]...',
  done(call, contents) {
    const skip = parseCount(call.value('j') ?? '0') ?? 0
    const limit = call.value('N')
    const all = contents.length > 0 ? joinBytes(contents) : new Uint8Array(0)
    const bytes = all.subarray(skip, limit === undefined ? undefined : skip + (parseCount(limit) ?? 0))
    const chosen = formats(call)
    const width = Number(call.value('w') ?? 16)
    // Several types stand below each other, in columns of one width.
    const cell = Math.max(...chosen.map(({ size, width: columns }) => columns / size))
    for (const item of rows(bytes, width, !call.has('v'))) {
      if (item === '*') call.out('*\n')
      else
        for (const [index, format] of chosen.entries()) {
          const head = index === 0 ? address(call, skip + item.offset) : ' '.repeat(address(call, 0).length)
          let line = head
          for (let at = 0; at < item.row.length; at += format.size)
            line += format.show(item.row, at).padStart(cell * format.size)
          call.out(`${line}\n`)
        }
    }
    const last = address(call, skip + bytes.length)
    if (last !== '') call.out(`${last}\n`)
    return undefined
  },
})
