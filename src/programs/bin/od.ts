import type { Call } from './call.ts'
import { CHARACTERS, littleEndian, rows, section, type Unit } from './dump.ts'
import { gather } from './gather.ts'
import { parseCount } from './head.ts'

const CONTROLS =
  'nul soh stx etx eot enq ack bel  bs  ht  nl  vt  ff  cr  so  si dle dc1 dc2 dc3 dc4 nak syn etb can  em sub esc  fs  gs  rs  us  sp'
    .trim()
    .split(/\s+/)

function integer(letter: string, size: number): Unit {
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

const NAMED: Unit = {
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

function formatOf(type: string): Unit | undefined {
  if (type === 'a') return NAMED
  if (type === 'c') return CHARACTERS
  const found = /^([doux])([1248CSIL]?)$/.exec(type)
  return found ? integer(found[1]!, SIZES[found[2]!] ?? Number(found[2] || 4)) : undefined
}

function formats<Data>(call: Call<Data>): Unit[] {
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

/** Several types stand below each other, in columns of one width. */
function shown<Data>(call: Call<Data>, offset: number, row: Uint8Array): string {
  const chosen = formats(call)
  const cell = Math.max(...chosen.map(({ size, width }) => width / size))
  const head = address(call, offset)
  return chosen.map((unit, index) => (index === 0 ? head : ' '.repeat(head.length)) + cells(unit, cell, row)).join('')
}

function cells({ size, show }: Unit, cell: number, row: Uint8Array): string {
  let line = ''
  for (let at = 0; at < row.length; at += size) line += show(row, at).padStart(cell * size)
  return `${line}\n`
}

export const od = gather({
  name: 'od',
  short: 'abcdfhiloxsvt:A:N:j:S:w:',
  usage: 'od [-abcdfhilovxs] [-t TYPE] [-A RADIX] [-N SIZE] [-j SKIP] [-S MINSTR] [-w WIDTH] [FILE]...',
  done(call, contents) {
    const skip = parseCount(call.value('j') ?? '0') ?? 0
    const bytes = section(contents, skip, call.value('N'))
    for (const item of rows(bytes, Number(call.value('w') ?? 16), !call.has('v')))
      call.out(item === '*' ? '*\n' : shown(call, skip + item.offset, item.row))
    const last = address(call, skip + bytes.length)
    if (last !== '') call.out(`${last}\n`)
    return undefined
  },
})
