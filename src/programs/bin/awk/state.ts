import type { Program, Value } from './code.ts'

/** A call of a function that has not returned. */
export interface Activation {
  readonly locals: Value[]
  readonly returnTo: number
}

/** Where records come from. */
export interface Reader {
  /** Text that was read but is no record yet. */
  buffer: string
  ended: boolean
}

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
  /** The record, or its fields when they were changed since. */
  record: string
  fields: string[] | undefined
  recordStale: boolean
  readonly main: Reader
  /** The descriptor of the main input, -1: none is open. */
  fd: number
  nextArgument: number
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
