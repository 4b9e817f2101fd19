import { escapeAt, unescapeText } from './escapes.ts'
import { type Conversion, formatFloat, formatInteger, pad } from './format-number.ts'
import { parseFloatingPoint, parseInteger } from './numbers.ts'

/** What printf(1) printed, and what it complained of; complaints stand between texts in the order they came. */
export interface Printed {
  readonly pieces: readonly (string | { readonly complaint: string })[]
  readonly failed: boolean
}

interface Printing {
  readonly args: readonly string[]
  next: number
  readonly pieces: (string | { readonly complaint: string })[]
  failed: boolean
  /** A `\c`, or a conversion that is none: nothing more is printed. */
  stopped: boolean
}

/** The whole of printf(1): the format is used again as long as arguments are left. */
export function printf(format: string, args: readonly string[]): Printed {
  const printing: Printing = { args, next: 0, pieces: [], failed: false, stopped: false }
  do {
    const before = printing.next
    printOnce(printing, format)
    if (printing.next === before) break
  } while (printing.next < args.length && !printing.stopped)
  return { pieces: printing.pieces, failed: printing.failed }
}

const DIRECTIVE = /%([-+ 0#]*)(\*|\d*)(?:(\.)(\*|\d*))?[hlLz]*([a-zA-Z%]?)/y

function printOnce(printing: Printing, format: string): void {
  let text = ''
  for (let at = 0; at < format.length && !printing.stopped; at++) {
    const char = format[at]!
    if (char === '\\') {
      if (format[at + 1] === 'c') printing.stopped = true
      else {
        const found = escapeAt(format, at + 1)
        text += found.text
        at += found.length
      }
    } else if (char !== '%') text += char
    else if (format[at + 1] === '%') {
      text += '%'
      at++
    } else {
      if (text !== '') printing.pieces.push(text)
      text = ''
      at += directive(printing, format, at) - 1
    }
  }
  if (text !== '') printing.pieces.push(text)
}

/** One conversion; gives the length of its directive. */
function directive(printing: Printing, format: string, at: number): number {
  DIRECTIVE.lastIndex = at
  const [source = '', flags = '', width = '', dot, digits = '', letter = ''] = DIRECTIVE.exec(format) ?? []
  if (!'diouxXfeEgGcsb'.includes(letter) || letter === '') {
    complain(printing, `${format.slice(at).replace(/^(%[-+ 0#]*[\d*]*(?:\.[\d*]*)?)[hlLz]+/, '$1')}: invalid format`)
    printing.stopped = true
    return format.length - at
  }
  const given = width === '*' ? Number(integer(printing)) : Number(width || 0)
  const precision = digits === '*' ? Number(integer(printing)) : dot ? Number(digits || 0) : undefined
  const conversion: Conversion = { flags: given < 0 ? `${flags}-` : flags, width: Math.abs(given), precision }
  printing.pieces.push(convert(printing, letter, conversion))
  return source.length
}

function convert(printing: Printing, letter: string, conversion: Conversion): string {
  switch (letter) {
    case 's':
      return pad(argument(printing).slice(0, conversion.precision), conversion, false)
    case 'c':
      return pad(argument(printing).slice(0, 1), conversion, false)
    case 'b': {
      const { text, stopped } = unescapeText(argument(printing))
      if (stopped) printing.stopped = true
      return pad(text.slice(0, conversion.precision), conversion, false)
    }
    case 'f':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
      return formatFloat(letter, float(printing), conversion)
    default:
      return formatInteger(letter, integer(printing), conversion)
  }
}

const argument = (printing: Printing): string => printing.args[printing.next++] ?? ''

function complain(printing: Printing, complaint: string): void {
  printing.failed = true
  printing.pieces.push({ complaint })
}

/** `'a` is the code of the letter. */
const character = (text: string) => (/^['"]/.test(text) ? (text.codePointAt(1) ?? 0) : undefined)

function integer(printing: Printing): bigint {
  const text = argument(printing)
  const code = character(text)
  if (code !== undefined) return BigInt(code)
  const value = parseInteger(text)
  if (value === undefined) complain(printing, `invalid number '${text}'`)
  return value ?? 0n
}

function float(printing: Printing): number {
  const text = argument(printing)
  const value = character(text) ?? parseFloatingPoint(text)
  if (value === undefined) complain(printing, `invalid number '${text}'`)
  return value ?? 0
}
