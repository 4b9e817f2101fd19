import { type Conversion, formatFloat, formatInteger, pad } from '../../text/format-number.ts'
import type { Value } from './code.ts'
import { toNumber, toText } from './values.ts'

const DIRECTIVE = /%([-+ 0#]*)(\*|\d*)(?:(\.)(\*|\d*))?[hlLzjt]*([a-zA-Z%])/g

/** awk's sprintf: missing arguments are empty. */
export function formatValues(format: string, args: readonly Value[], convfmt: string): string {
  let next = 0
  return format.replace(
    DIRECTIVE,
    (whole, flags: string, width: string, dot: string | undefined, digits: string, letter: string) => {
      if (letter === '%') return '%'
      const given = width === '*' ? toNumber(args[next++]) : Number(width || 0)
      const precision = !dot ? undefined : digits === '*' ? toNumber(args[next++]) : Number(digits || 0)
      const conversion: Conversion = { flags: given < 0 ? `${flags}-` : flags, width: Math.abs(given), precision }
      return convert(letter, args[next++], conversion, convfmt) ?? whole
    },
  )
}

function convert(letter: string, value: Value, conversion: Conversion, convfmt: string): string | undefined {
  switch (letter) {
    case 's':
      return pad(toText(value, convfmt).slice(0, conversion.precision), conversion, false)
    case 'c':
      return pad(
        typeof value === 'number'
          ? String.fromCodePoint(Math.max(0, Math.min(0x10ffff, Math.trunc(value))))
          : toText(value, convfmt).slice(0, 1),
        conversion,
        false,
      )
    case 'd':
    case 'i':
    case 'o':
    case 'x':
    case 'X':
    case 'u':
      return formatInteger(letter, integer(toNumber(value)), conversion)
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return formatFloat(letter, toNumber(value), conversion)
    default:
      return undefined
  }
}

const integer = (value: number): bigint =>
  Number.isFinite(value) ? BigInt.asIntN(64, BigInt(Math.trunc(value))) : -0x8000_0000_0000_0000n
