import { Problem } from '../../core/problem.ts'
import { SIGNALS } from '../../programs/kernel/signals.ts'

/** Linux' signals by name, with those names that are second ones, and the real-time ones. moby: github.com/moby/sys/signal */
const NUMBERS: Readonly<Record<string, number>> = {
  ...SIGNALS,
  IOT: SIGNALS.ABRT,
  CLD: SIGNALS.CHLD,
  POLL: SIGNALS.IO,
  ...Object.fromEntries(Array.from({ length: 16 }, (_, n) => [n === 0 ? 'RTMIN' : `RTMIN+${n}`, 34 + n])),
  ...Object.fromEntries(Array.from({ length: 15 }, (_, n) => [n === 0 ? 'RTMAX' : `RTMAX-${n}`, 64 - n])),
}
const KNOWN = new Set(Object.values(NUMBERS))

export const SIGKILL = 9
export const SIGTERM = 15

/** A name with or without SIG, in any case, or a number other than 0. moby: signal.ParseSignal */
export function parseSignal(text: string): number {
  if (/^[+-]?\d+$/.test(text) && Number(text) !== 0) return Number(text)
  const number = NUMBERS[text.toUpperCase().replace(/^SIG/, '')]
  if (number === undefined) throw new Problem('InvalidParameter', `invalid signal: ${text}`)
  return number
}

/** As parseSignal, but only those that Linux has. */
export function parseKnownSignal(text: string): number {
  const signal = parseSignal(text)
  if (!KNOWN.has(signal)) throw new Problem('InvalidParameter', `the linux daemon does not support signal ${signal}`)
  return signal
}
