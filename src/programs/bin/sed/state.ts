import type { Command } from './script.ts'

/** A line of the input. */
interface Line {
  readonly text: string
  /** False: the last line has no newline. */
  readonly ended: boolean
}

/** What sed remembers between two steps. */
export interface Sed {
  commands: readonly Command[]
  extended: boolean
  /** Read, but not begun; the last line is known when the input has ended. */
  waiting: Line[]
  /** How many of them were taken. */
  taken: number
  inputEnded: boolean
  line: number
  space: string
  ended: boolean
  hold: string
  /** Where in the script the cycle stands; -1: between two cycles. */
  at: number
  /** A substitution was made since the last `t`. */
  substituted: boolean
  /** For each command with a range: whether it is in it, and up to which line. */
  readonly within: Map<number, number>
  /** Goes out at the end of the cycle. */
  readonly after: string[]
  /** The expression that an empty one stands for. */
  last: string
  lastIgnoreCase: boolean
  /** Files of `w`, as far as they were written. */
  readonly written: Map<string, string>
  /** With `-i`: the new content of the file in hand. */
  edited: string | undefined
  file: string
  /** The output so far lacks a newline at its end. */
  openEnd: boolean
  quitting: boolean
  /** `D` begins the next cycle without reading. */
  keep: boolean
}

export const sedState = (): Sed => ({
  commands: [],
  extended: false,
  waiting: [],
  taken: 0,
  inputEnded: false,
  line: 0,
  space: '',
  ended: true,
  hold: '',
  at: -1,
  substituted: false,
  within: new Map(),
  after: [],
  last: '',
  lastIgnoreCase: false,
  written: new Map(),
  edited: undefined,
  file: '',
  openEnd: false,
  quitting: false,
  keep: false,
})
