/** A place in the input that a command looks at. */
export type Address =
  | { readonly type: 'line'; readonly line: number }
  | { readonly type: 'last' }
  /** An empty source stands for the last expression that was used. */
  | { readonly type: 'match'; readonly source: string; readonly ignoreCase: boolean }
  | { readonly type: 'step'; readonly first: number; readonly step: number }
  /** As an end: so many lines more, or up to a multiple. */
  | { readonly type: 'more'; readonly lines: number }
  | { readonly type: 'multiple'; readonly of: number }

/** One command. Blocks are flat: `{` knows where its `}` stands, and jumps know where they go. */
export interface Command {
  readonly name: string
  readonly from: Address | undefined
  readonly to: Address | undefined
  readonly negated: boolean
  /** Text of a, i, c; label of b, t, T; file of r, w; the list of y. */
  readonly text: string
  /** Where a jump or a block that does not apply goes on. */
  readonly target: number
  readonly substitution: Substitution | undefined
  /** Exit code of q and Q. */
  readonly code: number
}

export interface Substitution {
  readonly source: string
  readonly replacement: string
  readonly global: boolean
  readonly ignoreCase: boolean
  readonly print: boolean
  /** Only from this match on. */
  readonly number: number
  readonly file: string | undefined
}

/** What is wrong with a script, in busybox's words. */
export class ScriptProblem {
  readonly words: string
  constructor(words: string) {
    this.words = words
  }
}
