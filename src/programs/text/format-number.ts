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

/** toFixed changes to exponents at 1e21 and takes no more than 100 digits. */
function fixed(magnitude: number, precision: number): string {
  if (magnitude < 1e21) return magnitude.toFixed(Math.min(100, precision))
  const whole = BigInt(magnitude).toString()
  return precision > 0 ? `${whole}.${'0'.repeat(precision)}` : whole
}

function exponential(magnitude: number, precision: number): string {
  return magnitude.toExponential(Math.min(100, precision)).replace(/e([+-])(\d)$/, 'e$10$2')
}

function general(magnitude: number, { flags, precision = 6 }: Conversion): string {
  const significant = precision || 1
  const exponent = magnitude === 0 ? 0 : Number(magnitude.toExponential(Math.min(100, significant - 1)).split('e')[1])
  const scientific = exponent < -4 || exponent >= significant
  const text = scientific
    ? exponential(magnitude, significant - 1)
    : fixed(magnitude, Math.max(0, significant - 1 - exponent))
  return flags.includes('#') ? text : text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '')
}
