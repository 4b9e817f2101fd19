/** What can be assigned to. */
export type Place =
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'element'; readonly name: string; readonly subscript: Expression }
  | { readonly type: 'field'; readonly index: Expression }

export type Expression =
  | Place
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  /** A regular expression by itself asks whether the record matches. */
  | { readonly type: 'regex'; readonly source: string }
  | { readonly type: 'unary'; readonly operator: '!' | '-' | '+'; readonly operand: Expression }
  | { readonly type: 'step'; readonly by: 1 | -1; readonly prefix: boolean; readonly place: Place }
  /** Arithmetic, comparison, and ` ` for concatenation. */
  | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'match'; readonly negated: boolean; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'logical'; readonly operator: '&&' | '||'; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'in'; readonly subscript: Expression; readonly array: Expression }
  | {
      readonly type: 'conditional'
      readonly test: Expression
      readonly yes: Expression
      readonly no: Expression
    }
  /** `operator` is empty for a plain `=`. */
  | { readonly type: 'assign'; readonly operator: string; readonly place: Place; readonly value: Expression }
  /** `a, b`: arguments, or subscripts that are joined. */
  | { readonly type: 'list'; readonly items: readonly Expression[] }
  | {
      readonly type: 'getline'
      readonly from: 'main' | 'file' | 'command'
      readonly source: Expression | undefined
      readonly place: Place | undefined
    }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly line: number }
  | { readonly type: 'builtin'; readonly name: string; readonly args: readonly Expression[] }

export type Redirect = '' | '>' | '>>' | '|'

export type Statement = { readonly line: number } & (
  | { readonly type: 'expression'; readonly expression: Expression }
  | { readonly type: 'block'; readonly body: readonly Statement[] }
  | { readonly type: 'if'; readonly test: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly type: 'while'; readonly test: Expression; readonly body: Statement }
  | { readonly type: 'do'; readonly body: Statement; readonly test: Expression }
  | {
      readonly type: 'for'
      readonly start: Expression | undefined
      readonly test: Expression | undefined
      readonly step: Expression | undefined
      readonly body: Statement
    }
  | { readonly type: 'for-in'; readonly name: string; readonly array: string; readonly body: Statement }
  | {
      readonly type: 'print' | 'printf'
      readonly args: readonly Expression[]
      readonly to: Redirect
      readonly target: Expression | undefined
    }
  | { readonly type: 'next' | 'nextfile' | 'break' | 'continue' }
  | { readonly type: 'exit' | 'return'; readonly value: Expression | undefined }
  /** Without a subscript all of the array goes. */
  | { readonly type: 'delete'; readonly name: string; readonly subscript: Expression | undefined }
)

export interface Rule {
  readonly on: 'begin' | 'record' | 'end'
  /** Undefined: always. */
  readonly from: Expression | undefined
  /** The other end of a range. */
  readonly to: Expression | undefined
  /** Undefined: the record is printed. */
  readonly body: Statement | undefined
  readonly line: number
}

export interface Function {
  readonly name: string
  readonly params: readonly string[]
  readonly body: Statement
}

/** A whole program as it was written. */
export interface Source {
  readonly rules: readonly Rule[]
  readonly functions: readonly Function[]
}
