import { formatFloat } from '../../../text/format-number.ts'

const SPACE = /^[ \t\n\v\f\r]*/
/** What strtod(3) takes; before it, numbers of base 16 and 8. */
const HEXADECIMAL = /^[-+]?0[xX]([0-9a-fA-F]+)/
const OCTAL = /^[-+]?0([0-7]*)/
const DECIMAL = /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)/i

export interface Prefix {
  readonly value: number
  /** How much of the text is the number, with the blanks before it. */
  readonly length: number
}

/** The number that a text begins with. */
export function numericPrefix(text: string): Prefix {
  const blank = SPACE.exec(text)![0].length
  const rest = text.slice(blank)
  const decimal = DECIMAL.exec(rest)?.[0] ?? ''
  const hexadecimal = HEXADECIMAL.exec(rest)
  if (hexadecimal) return prefix(rest, blank, hexadecimal[0], Number.parseInt(hexadecimal[1]!, 16))
  if (/^[-+]?0\d/.test(decimal) && !/[.eE]/.test(decimal) && !/[89]/.test(decimal)) {
    const octal = OCTAL.exec(rest)!
    return prefix(rest, blank, octal[0], Number.parseInt(octal[1]!, 8))
  }
  return decimal === '' ? { value: 0, length: 0 } : prefix(rest, blank, decimal, decimalValue(decimal))
}

function prefix(rest: string, blank: number, found: string, magnitude: number): Prefix {
  return { value: rest.startsWith('-') ? -magnitude : magnitude, length: blank + found.length }
}

function decimalValue(text: string): number {
  const magnitude = text.replace(/^[-+]/, '').toLowerCase()
  if (magnitude.startsWith('inf')) return Number.POSITIVE_INFINITY
  return magnitude === 'nan' ? Number.NaN : Number(magnitude)
}

export const numberOf = (text: string): number => numericPrefix(text).value

/** A whole number as such, up to 64 bits; all else by the format (CONVFMT or OFMT). */
export function numberText(value: number, format: string): string {
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) return BigInt(value).toString()
  const found = /^%\.?(\d*)([efgEFG])$/.exec(format)
  if (!found) return Number.isNaN(value) ? 'nan' : String(value)
  return formatFloat(found[2]!, value, { flags: '', width: 0, precision: found[1] === '' ? 6 : Number(found[1]) })
}

/** A cast to `int` on the machines that busybox is built for: what does not fit is the least number. */
export function toInt(value: number): number {
  const whole = Math.trunc(value)
  return whole >= -(2 ** 31) && whole < 2 ** 31 ? whole + 0 : -(2 ** 31)
}

/** The same to `long long`. */
export function toLong(value: number): bigint {
  const whole = Math.trunc(value)
  return whole >= -(2 ** 63) && whole < 2 ** 63 ? BigInt(whole) : -(2n ** 63n)
}
