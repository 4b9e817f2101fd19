/** Linux's signal numbers on x86 and ARM, by name without `SIG`. */
export const SIGNALS = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
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
  PWR: 30,
  SYS: 31,
} as const

export type SignalName = keyof typeof SIGNALS

const names = new Map<number, SignalName>(Object.entries(SIGNALS).map(([name, number]) => [number, name as SignalName]))

/** `15` → `TERM`; undefined for real-time signals and nonsense. */
export const signalName = (signal: number): SignalName | undefined => names.get(signal)

/** `TERM`, `SIGTERM`, `term`, `15` → 15. */
export function signalNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  const name = text.toUpperCase().replace(/^SIG/, '')
  return name in SIGNALS ? SIGNALS[name as SignalName] : undefined
}

/** What happens to a process that neither handles nor ignores the signal. */
export type DefaultAction = 'terminate' | 'ignore' | 'stop' | 'continue'

export function defaultAction(signal: number): DefaultAction {
  switch (signal) {
    case SIGNALS.CHLD:
    case SIGNALS.URG:
    case SIGNALS.WINCH:
      return 'ignore'
    case SIGNALS.CONT:
      return 'continue'
    case SIGNALS.STOP:
    case SIGNALS.TSTP:
    case SIGNALS.TTIN:
    case SIGNALS.TTOU:
      return 'stop'
    default:
      return 'terminate'
  }
}
