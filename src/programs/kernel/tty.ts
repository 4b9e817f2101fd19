import { SIGNALS } from './signals.ts'
import { noWaiters, type Waiters } from './waiters.ts'

/** The part of termios that programs here ask for. */
export interface TtySettings {
  /** ICANON: input comes by whole lines, and erase, kill and end-of-file keys work. */
  canonical: boolean
  echo: boolean
  /** ISIG: ^C ^\ ^Z send signals. */
  signals: boolean
  /** ICRNL */
  crToNl: boolean
  /** OPOST and ONLCR */
  nlToCrNl: boolean
}

/** A terminal, seen from its programs. What it shows leaves the machine as output of `id`. */
export interface Tty {
  /** `main` or the exec's id. */
  readonly id: string
  /** /dev/pts/N; the container's own is 0. */
  readonly index: number
  readonly settings: TtySettings
  /** Bytes that programs may read; an empty array is an end of file. */
  readonly queue: Uint8Array[]
  size: number
  /** The line that is being typed. */
  line: number[]
  /** The foreground process group: who gets ^C. */
  foreground: number
  cols: number
  rows: number
  hungup: boolean
  readonly canRead: Waiters
}

const COOKED: Readonly<TtySettings> = {
  canonical: true,
  echo: true,
  signals: true,
  crToNl: true,
  nlToCrNl: true,
}
/** cfmakeraw */
export const RAW: Readonly<TtySettings> = {
  canonical: false,
  echo: false,
  signals: false,
  crToNl: false,
  nlToCrNl: false,
}

export const tty = (id: string, index: number, cols: number, rows: number): Tty => ({
  id,
  index,
  settings: { ...COOKED },
  queue: [],
  size: 0,
  line: [],
  foreground: 0,
  cols,
  rows,
  hungup: false,
  canRead: noWaiters(),
})

/** What typing does besides filling the queue. */
export interface Reaction {
  /** Bytes to show, output processing done. */
  readonly echo: Uint8Array
  /** For the foreground process group. */
  readonly signals: readonly number[]
}

const CTRL_C = 3
const CTRL_D = 4
const BACKSPACE = 8
const NEWLINE = 10
const RETURN = 13
const CTRL_U = 21
const CTRL_W = 23
const CTRL_Z = 26
const CTRL_BACKSLASH = 28
const DELETE = 127
const SIGNAL_KEYS: ReadonlyMap<number, number> = new Map([
  [CTRL_C, SIGNALS.INT],
  [CTRL_BACKSLASH, SIGNALS.QUIT],
  [CTRL_Z, SIGNALS.TSTP],
])

/** The line discipline: bytes that somebody typed. */
export function receive(tty: Tty, bytes: Uint8Array): Reaction {
  const echo: number[] = []
  const signals: number[] = []
  for (const byte of bytes) {
    const signal = tty.settings.signals ? SIGNAL_KEYS.get(byte) : undefined
    if (signal === undefined) type(tty, tty.settings.crToNl && byte === RETURN ? NEWLINE : byte, echo)
    else interrupt(tty, byte, signal, echo, signals)
  }
  return { echo: shown(tty, new Uint8Array(echo)), signals }
}

/** As Linux shows it: `^C` and no new line; the shell writes that. */
function interrupt(tty: Tty, byte: number, signal: number, echo: number[], signals: number[]): void {
  if (tty.settings.echo) caret(byte, echo)
  tty.line = []
  tty.queue.length = 0
  tty.size = 0
  signals.push(signal)
}

function type(tty: Tty, byte: number, echo: number[]): void {
  if (!tty.settings.canonical) {
    push(tty, [byte])
    if (tty.settings.echo) visible(byte, echo)
    return
  }
  if (byte === CTRL_D) enter(tty)
  else if (byte === DELETE || byte === BACKSPACE) erase(tty, 1, echo)
  else if (byte === CTRL_U) erase(tty, characters(tty.line), echo)
  else if (byte === CTRL_W) erase(tty, lastWord(tty.line), echo)
  else {
    tty.line.push(byte)
    if (tty.settings.echo) visible(byte, echo)
    if (byte === NEWLINE) enter(tty)
  }
}

/** The line may be read; an empty one is an end of file. */
function enter(tty: Tty): void {
  push(tty, tty.line)
  tty.line = []
}

function push(tty: Tty, bytes: readonly number[]): void {
  tty.queue.push(new Uint8Array(bytes))
  tty.size += bytes.length
}

const isContinuation = (byte: number) => (byte & 0xc0) === 0x80
const characters = (line: readonly number[]) => line.filter((byte) => !isContinuation(byte)).length

function lastWord(line: readonly number[]): number {
  let at = line.length
  while (at > 0 && line[at - 1] === 32) at--
  while (at > 0 && line[at - 1] !== 32) at--
  return characters(line.slice(at))
}

function erase(tty: Tty, count: number, echo: number[]): void {
  for (; count > 0 && tty.line.length > 0; count--) {
    let byte = tty.line.pop()!
    const wide = byte < 32 && byte !== 9
    while (isContinuation(byte) && tty.line.length > 0) byte = tty.line.pop()!
    if (tty.settings.echo) for (let cell = wide ? 2 : 1; cell > 0; cell--) echo.push(BACKSPACE, 32, BACKSPACE)
  }
}

/** ECHOCTL: control characters show as ^X. */
function visible(byte: number, echo: number[]): void {
  if ((byte < 32 && byte !== 9 && byte !== NEWLINE) || byte === DELETE) caret(byte, echo)
  else echo.push(byte)
}

const caret = (byte: number, echo: number[]) => echo.push(94, byte ^ 64)

/** Output processing: a new line becomes carriage return and new line. */
export function shown(tty: Tty, bytes: Uint8Array): Uint8Array {
  if (!tty.settings.nlToCrNl || !bytes.includes(NEWLINE)) return bytes.slice()
  const out: number[] = []
  for (const byte of bytes) {
    if (byte === NEWLINE) out.push(RETURN)
    out.push(byte)
  }
  return new Uint8Array(out)
}
