import type { Program, Value } from './code.ts'

/** A call of a function that has not returned. */
interface Activation {
  readonly locals: Value[]
  readonly returnTo: number
  /** How many loops over arrays there were before. */
  readonly iterations: number
}

/** Where records come from. */
export interface Reader {
  /** Text that was read but is no record yet. */
  buffer: string
  ended: boolean
}

/** A record, that there is none left, that there was an error, or that the step ends with waiting. */
export type Got = { readonly record: string } | 'end' | 'error' | 'waiting'

/** A command whose output is read. */
export interface Command extends Reader {
  readonly fd: number
  readonly pid: number
  status: number | undefined
}

/** All that awk knows between two steps: plain data. */
export interface Awk {
  program: Program
  pc: number
  readonly stack: Value[]
  readonly calls: Activation[]
  readonly globals: Map<string, Value>
  readonly arrays: Map<number, Map<string, Value>>
  nextArray: number
  readonly iterations: string[][]
  readonly ranges: boolean[]
  /** What is being executed: all of BEGIN, the rules for a record, all of END. */
  phase: 'begin' | 'records' | 'end' | 'done'
  /** Which of the phase's pieces. -1: none has begun (a record is to be read). */
  piece: number
  /** The record as it was read or assigned. */
  record: Value
  /** Undefined: not split yet. */
  fields: Value[] | undefined
  /** The fields were changed: the record is to be made of them. */
  recordStale: boolean
  readonly main: Reader
  /** The descriptor of the main input, -1: none is open. */
  fd: number
  nextArgument: number
  /** The main input is over. */
  inputEnded: boolean
  usedInput: boolean
  /** Files and commands, by their names. */
  readonly files: Map<string, Reader>
  readonly commands: Map<string, Command>
  readonly outputs: Map<string, number>
  readonly pipes: Map<string, string>
  /** A child that is waited for, 0: none. */
  child: number
  exitCode: number
  seed: number
}
