import { compareBytes } from '../text/codec.ts'
import { parseFloatingPoint } from '../text/numbers.ts'
import type { Call } from './call.ts'
import { filter } from './filter.ts'
import { type Key, parseKey } from './sort-key.ts'

interface Sort {
  keys: Key[]
  lines: string[]
}

/** Where the fields of a line begin and end. */
function fieldsOf(line: string, separator: string | undefined): { from: number; to: number }[] {
  const fields: { from: number; to: number }[] = []
  if (separator !== undefined) {
    let from = 0
    for (let at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, from)) {
      fields.push({ from, to: at })
      from = at + 1
    }
    return [...fields, { from, to: line.length }]
  }
  // Blanks in front of a field belong to it.
  for (const found of line.matchAll(/\s*\S+/g)) fields.push({ from: found.index, to: found.index + found[0].length })
  return fields
}

function part(line: string, key: Key, separator: string | undefined): string {
  if (key.start.field === 1 && key.start.offset === 1 && !key.end && !key.flags.includes('b')) return line
  const fields = fieldsOf(line, separator)
  const skipBlanks = (at: number) => {
    while (/\s/.test(line[at] ?? '')) at++
    return at
  }
  const first = fields[key.start.field - 1]
  let from = first ? first.from : line.length
  if (key.flags.includes('b')) from = skipBlanks(from)
  from += key.start.offset - 1
  if (!key.end) return line.slice(from)
  const last = fields[key.end.field - 1]
  const to = !last ? line.length : key.end.offset === 0 ? last.to : last.from + key.end.offset
  return line.slice(from, Math.max(from, to))
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const month = (text: string) => MONTHS.indexOf(text.trim().slice(0, 3).toUpperCase())

const leadingNumber = (text: string) => Number(/^\s*-?\d*\.?\d*/.exec(text)?.[0].trim() || 0) || 0
const SUFFIXES = '\0KMGTPEZY'
const humanNumber = (text: string) => {
  const found = /^\s*(-?\d*\.?\d*)([KkMGTPEZY]?)/.exec(text)
  return (Number(found?.[1]) || 0) * 1024 ** Math.max(0, SUFFIXES.indexOf((found?.[2] ?? '').toUpperCase() || '\0'))
}

/** Digits within the text count as numbers: `a9` before `a10`. */
function compareVersions(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [x, y] = [left[index]!, right[index]!]
    const numbers = /^\d/.test(x) && /^\d/.test(y)
    const order = numbers ? Number(x) - Number(y) : compareBytes(x, y)
    if (order !== 0) return order
  }
  return left.length - right.length
}

function compareTexts(a: string, b: string, flags: string): number {
  if (flags.includes('n')) return leadingNumber(a) - leadingNumber(b)
  if (flags.includes('h')) return humanNumber(a) - humanNumber(b)
  if (flags.includes('g')) {
    const value = (text: string) => parseFloatingPoint(/^\s*[-+.\w]*/.exec(text)?.[0] ?? '') ?? Number.NEGATIVE_INFINITY
    const [x, y] = [value(a), value(b)]
    return x === y ? 0 : x < y ? -1 : 1
  }
  if (flags.includes('M')) return month(a) - month(b)
  const clean = (text: string) => {
    let kept = text
    if (flags.includes('d')) kept = kept.replace(/[^A-Za-z0-9 \t]/g, '')
    if (flags.includes('i')) kept = kept.replace(/[^ -~]/g, '')
    return flags.includes('f') ? kept.toUpperCase() : kept
  }
  return flags.includes('V') ? compareVersions(clean(a), clean(b)) : compareBytes(clean(a), clean(b))
}

function compare(call: Call<Sort>, a: string, b: string): number {
  const separator = call.value('t')?.slice(0, 1)
  for (const key of call.data.keys) {
    const order = compareTexts(part(a, key, separator), part(b, key, separator), key.flags)
    if (order !== 0) return key.flags.includes('r') ? -order : order
  }
  return 0
}

function emit(call: Call<Sort>, lines: readonly string[]): void {
  const end = call.has('z') ? '\0' : '\n'
  const text = lines.map((line) => line + end).join('')
  const target = call.value('o')
  if (target === undefined) return call.out(text)
  call.attempt(() => call.files.writeFile(call.caller, target, text, 0o666, call.here))
}

const LINE = 'sort [-nrugMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...'

export const sort = filter<Sort>({
  name: 'sort',
  short: 'ngMucszbrdfihVmS:T:o:k:t:',
  long: {
    numeric: 'n',
    'numeric-sort': 'n',
    reverse: 'r',
    unique: 'u',
    'key:': 'k',
    'field-separator:': 't',
    'output:': 'o',
    'version-sort': 'V',
    'human-numeric-sort': 'h',
    stable: 's',
    'ignore-case': 'f',
  },
  usage: LINE,
  usageCode: 2,
  errorCode: 2,
  data: () => ({ keys: [], lines: [] }),
  start(call) {
    const flags = [...'ngMbdfirhV'].filter((flag) => call.has(flag)).join('')
    for (const text of call.values('k')) {
      const key = parseKey(text)
      if (!key) {
        call.fail(`bad -k ${text}`, 2)
        return 2
      }
      call.data.keys.push(key.flags === '' ? { ...key, flags } : key)
    }
    if (call.data.keys.length === 0) call.data.keys.push({ start: { field: 1, offset: 1 }, end: undefined, flags })
    return undefined
  },
  keeps: true,
  line(call, line) {
    if (call.has('z'))
      call.data.lines.push(...line.split('\0').filter((item, at, all) => item !== '' || at < all.length - 1))
    else call.data.lines.push(line)
  },
  end(call) {
    const { lines } = call.data
    if (call.has('c')) return check(call, lines)
    const whole = call.has('r') ? (a: string, b: string) => compareBytes(b, a) : compareBytes
    const stable = call.has('s') || call.has('u')
    lines.sort((a, b) => compare(call, a, b) || (stable ? 0 : whole(a, b)))
    emit(
      call,
      call.has('u') ? lines.filter((line, at) => at === 0 || compare(call, lines[at - 1]!, line) !== 0) : lines,
    )
    return undefined
  },
})

function check(call: Call<Sort>, lines: readonly string[]): number {
  const wrong = lines.findIndex((line, at) => {
    if (at === 0) return false
    const order = compare(call, lines[at - 1]!, line)
    return order > 0 || (order === 0 && call.has('u'))
  })
  if (wrong < 0) return 0
  call.fail(`Check line ${wrong + 1}`)
  return 1
}
