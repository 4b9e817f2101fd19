import { Problem } from '../../core/problem.ts'

/** Linux' signals by name. moby: github.com/moby/sys/signal */
const NUMBERS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  IOT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  POLL: 29,
  PWR: 30,
  SYS: 31,
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
