const LARGEST = 0x7fff_ffff_ffff_ffffn

/** strtol(3) with base 0 over the whole text: decimal, 0x… or 0…; undefined when it is none, or too large. */
export function parseInteger(text: string): bigint | undefined {
  const found = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|\d+)$/.exec(text)
  if (!found) return undefined
  const digits = found[2]!
  let value: bigint
  if (/^0[xX]/.test(digits)) value = BigInt(digits)
  else if (digits.startsWith('0') && digits.length > 1) {
    if (/[89]/.test(digits)) return undefined
    value = BigInt(`0o${digits.slice(1)}`)
  } else value = BigInt(digits)
  if (value > LARGEST + 1n || (value > LARGEST && found[1] !== '-')) return undefined
  return found[1] === '-' ? -value : value
}

/** strtod(3) over the whole text; undefined when it is no number. */
export function parseFloatingPoint(text: string): number | undefined {
  const trimmed = text.trim()
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(trimmed)) return Number(trimmed)
  if (/^[-+]?0x[\da-f]+$/i.test(trimmed)) return Number(trimmed.replace(/^[-+]/, '')) * (trimmed[0] === '-' ? -1 : 1)
  if (/^[-+]?inf(inity)?$/i.test(trimmed)) return trimmed[0] === '-' ? -Infinity : Infinity
  return /^[-+]?nan$/i.test(trimmed) ? Number.NaN : undefined
}
