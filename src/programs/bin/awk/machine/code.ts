import type { Redirect } from '../grammar/tree.ts'

/**
 * A program for the little stack machine in `run.ts`. It is plain data, and so is the state of the machine: an awk program can be
 * stopped between any two instructions.
 */
export type Instruction =
  | { readonly op: 'push'; readonly value: Value }
  /** The value of a variable; `local`: the place in the function's frame. */
  | { readonly op: 'load'; readonly name: string; readonly local: number }
  | { readonly op: 'store'; readonly name: string; readonly local: number }
  | { readonly op: 'load-field' }
  | { readonly op: 'store-field' }
  /** Subscripts are joined on the stack before. */
  | { readonly op: 'load-element'; readonly name: string; readonly local: number }
  | { readonly op: 'store-element'; readonly name: string; readonly local: number }
  | { readonly op: 'in'; readonly name: string; readonly local: number }
  | { readonly op: 'delete'; readonly name: string; readonly local: number; readonly all: boolean }
  | { readonly op: 'subscript'; readonly count: number }
  | { readonly op: 'binary'; readonly operator: string }
  | { readonly op: 'unary'; readonly operator: '!' | '-' | '+' }
  | { readonly op: 'match'; readonly negated: boolean }
  /** Whether the record matches. */
  | { readonly op: 'match-record'; readonly source: string }
  | { readonly op: 'truth' }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'jump-if'; readonly to: number }
  | { readonly op: 'jump-unless'; readonly to: number }
  /** When there is nothing on top, which stays. */
  | { readonly op: 'jump-missing'; readonly to: number }
  | { readonly op: 'pop' }
  | { readonly op: 'duplicate' }
  /** Pushes again what lies so deep below the top. */
  | { readonly op: 'reach'; readonly depth: number }
  /** Swaps the two on top. */
  | { readonly op: 'swap' }
  /** `a b c` becomes `c a b`. */
  | { readonly op: 'rotate' }
  | { readonly op: 'print'; readonly count: number; readonly to: Redirect }
  | { readonly op: 'printf'; readonly count: number; readonly to: Redirect }
  | { readonly op: 'call'; readonly name: string; readonly count: number }
  | { readonly op: 'builtin'; readonly name: string; readonly count: number }
  /** Pushes the variable itself, so that a function can change an array. */
  | { readonly op: 'reference'; readonly name: string; readonly local: number }
  | { readonly op: 'return' }
  /** The subscripts of an array, for `for (k in a)`. */
  | { readonly op: 'keys'; readonly name: string; readonly local: number }
  /** Takes the next subscript and pushes it, or jumps. */
  | { readonly op: 'next-key'; readonly to: number }
  | { readonly op: 'end-keys' }
  | { readonly op: 'getline'; readonly from: 'main' | 'file' | 'command' }
  | { readonly op: 'next' }
  | { readonly op: 'nextfile' }
  | { readonly op: 'exit' }
  /** Whether a range pattern holds. */
  | { readonly op: 'range-active'; readonly range: number }
  | { readonly op: 'set-range'; readonly range: number; readonly on: boolean }
  | { readonly op: 'done' }

/** A number, a string, a string that came from input and looks like a number, or nothing yet. */
export type Value = number | string | Numeric | ArrayHandle | undefined

/** A string of the input that looks like a number: it compares as one. */
export interface Numeric {
  readonly text: string
  readonly number: number
}

/** An array: its number in the machine's table. */
export interface ArrayHandle {
  readonly array: number
}

export interface Program {
  readonly code: readonly Instruction[]
  /** Where each instruction was written: `file:line`. */
  readonly places: readonly string[]
  readonly begin: readonly number[]
  /** Where the rules for each record begin; each ends with `done`. */
  readonly rules: readonly number[]
  readonly end: readonly number[]
  readonly functions: Readonly<Record<string, { readonly entry: number; readonly params: number }>>
  readonly ranges: number
}
