/** What stands between `%` and the letter of a conversion. */
export interface Conversion {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
}

/** Pads to the width: on the right with `-`, with zeros with `0` (numbers only). */
export function pad(text: string, { flags, width }: Conversion, zeros: boolean): string {
  if (text.length >= width) return text
  if (flags.includes('-')) return text.padEnd(width)
  if (!zeros || !flags.includes('0')) return text.padStart(width)
  const sign = /^[-+ ]?(0[xX])?/.exec(text)![0]
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}

function signed(digits: string, negative: boolean, { flags }: Conversion): string {
  if (negative) return `-${digits}`
  return (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + digits
}

/** `%d` `%i` `%u` `%x` `%X` `%o` of a 64-bit number. */
export function formatInteger(letter: string, value: bigint, conversion: Conversion): string {
  const { flags, precision } = conversion
  const decimal = letter === 'd' || letter === 'i'
  const magnitude = decimal ? (value < 0n ? -value : value) : BigInt.asUintN(64, value)
  let digits = magnitude.toString(letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10)
  if (precision !== undefined) digits = precision === 0 && magnitude === 0n ? '' : digits.padStart(precision, '0')
  if (flags.includes('#') && magnitude !== 0n) {
    if (letter === 'o' && !digits.startsWith('0')) digits = `0${digits}`
    if (letter === 'x' || letter === 'X') digits = `0x${digits}`
  }
  if (letter === 'X') digits = digits.toUpperCase()
  const text = decimal ? signed(digits, value < 0n, conversion) : digits
  return pad(text, conversion, precision === undefined)
}

/** `%f` `%e` `%g` and their capitals. */
export function formatFloat(letter: string, value: number, conversion: Conversion): string {
  const lower = letter.toLowerCase()
  const magnitude = Math.abs(value)
  let digits: string
  if (Number.isNaN(value)) digits = 'nan'
  else if (!Number.isFinite(value)) digits = 'inf'
  else if (lower === 'f') digits = fixed(magnitude, conversion.precision ?? 6)
  else if (lower === 'e') digits = exponential(magnitude, conversion.precision ?? 6)
  else digits = general(magnitude, conversion)
  if (letter !== lower) digits = digits.toUpperCase()
  const negative = value < 0 || Object.is(value, -0)
  return pad(signed(digits, negative, conversion), conversion, Number.isFinite(value))
}

/** How many digits are worked out; libc would go on. */
const DIGITS_LIMIT = 100

/** The exact value rounded half to even, as libc does; toFixed rounds half up, and changes to exponents at 1e21. */
function fixed(magnitude: number, precision: number): string {
  const places = Math.min(DIGITS_LIMIT, precision)
  const digits = scaled(magnitude, places)
    .toString()
    .padStart(places + 1, '0')
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/** value * 10^places as a whole number, rounded half to even. */
function scaled(magnitude: number, places: number): bigint {
  const [mantissa, exponent] = parts(magnitude)
  const numerator = mantissa * 10n ** BigInt(Math.max(0, places)) * 2n ** BigInt(Math.max(0, exponent))
  const denominator = 10n ** BigInt(Math.max(0, -places)) * 2n ** BigInt(Math.max(0, -exponent))
  const [whole, rest] = [numerator / denominator, numerator % denominator]
  const up = rest * 2n > denominator || (rest * 2n === denominator && whole % 2n === 1n)
  return up ? whole + 1n : whole
}

/** A number as mantissa * 2^exponent. */
function parts(magnitude: number): [bigint, number] {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, magnitude)
  const high = bits.getUint32(0)
  const exponent = high >>> 20
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4))
  return exponent === 0 ? [fraction, -1074] : [fraction | (1n << 52n), exponent - 1075]
}

function exponential(magnitude: number, precision: number): string {
  const digits = Math.min(DIGITS_LIMIT, precision)
  let power = magnitude === 0 ? 0 : Number(magnitude.toExponential(DIGITS_LIMIT).split('e')[1])
  let text = scaled(magnitude, digits - power).toString()
  // Rounding gave one more digit.
  if (text.length > digits + 1) text = scaled(magnitude, digits - ++power).toString()
  const mantissa = digits === 0 ? text : `${text[0]}.${text.slice(1).padEnd(digits, '0')}`
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

function general(magnitude: number, { flags, precision = 6 }: Conversion): string {
  const significant = precision || 1
  const exponent = Number(exponential(magnitude, significant - 1).split('e')[1])
  const scientific = exponent < -4 || exponent >= significant
  const text = scientific
    ? exponential(magnitude, significant - 1)
    : fixed(magnitude, Math.max(0, significant - 1 - exponent))
  return flags.includes('#') ? text : text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '')
}
