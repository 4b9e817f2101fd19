import { type Conversion, formatFloat, formatInteger, pad } from '../../../text/format-number.ts'
import type { Value } from '../machine/code.ts'
import { toInt } from '../machine/number.ts'
import { isNumeric, toNumber, toText } from '../machine/values.ts'
import { AwkProblem } from '../problem.ts'

/** A directive as far as it goes: it may end with the format. */
const DIRECTIVE = /%([-+ 0#]*)(\d*)(?:(\.)(\d*))?([\s\S]?)/g

/** awk's sprintf: missing arguments are empty. */
export function formatValues(format: string, args: readonly Value[], convfmt: string): string {
  let next = 0
  return format.replace(
    DIRECTIVE,
    (whole, flags: string, width: string, dot: string | undefined, digits: string | undefined, letter: string) => {
      if (whole === '%%') return '%'
      if (letter === '*') throw new AwkProblem('%*x formats are not supported')
      // What ends in no letter stands for itself.
      if (!/[a-zA-Z]/.test(letter)) return whole
      const conversion: Conversion = {
        flags,
        width: Number(width),
        precision: dot === undefined ? undefined : Number(digits),
      }
      return convert(letter, args[next++], conversion, convfmt)
    },
  )
}

function convert(letter: string, value: Value, conversion: Conversion, convfmt: string): string {
  if (letter === 's') return pad(toText(value, convfmt).slice(0, conversion.precision), conversion, false)
  if (letter === 'c') return pad(character(value), conversion, false)
  if (/[diouxX]/.test(letter)) return formatInteger(letter, integer(letter, toNumber(value)), conversion)
  if (/[eEfFgG]/.test(letter)) return formatFloat(letter, toNumber(value), conversion)
  throw new AwkProblem('Invalid format specifier')
}

/** A number is a code; of text it is the first byte, of empty text a NUL. */
const character = (value: Value): string =>
  isNumeric(value) ? String.fromCharCode(toInt(toNumber(value)) & 255) : (value as string).slice(0, 1) || '\0'

/** As `int`; the unsigned ones read the same 32 bits. */
const integer = (letter: string, value: number): bigint =>
  letter === 'd' || letter === 'i' ? BigInt(toInt(value)) : BigInt(toInt(value) >>> 0)
