/**
 * A script as the machine executes it: what the parser gives, reduced to what ash knows. Trees are frozen and shared by all
 * processes and forks; frames only point into them.
 */
export interface List {
  readonly statements: readonly Statement[]
}

export interface Statement {
  readonly command: Node
  readonly background: boolean
  /** The source, for the table of jobs. */
  readonly text: string
}

export type Node = Simple | Pipeline | AndOr | If | Loop | For | Case | Subshell | Group | Definition | Redirected

export interface Simple {
  readonly type: 'simple'
  readonly assignments: readonly Assignment[]
  readonly words: readonly Word[]
  readonly redirections: readonly Redirection[]
  /** Newlines of the source before it. */
  readonly line: number
}

export interface Assignment {
  readonly name: string
  readonly value: Word
}

export interface Pipeline {
  readonly type: 'pipeline'
  readonly negated: boolean
  readonly commands: readonly Node[]
  readonly text: string
}

export interface AndOr {
  readonly type: 'and-or'
  readonly commands: readonly Node[]
  readonly operators: readonly ('&&' | '||')[]
}

export interface If {
  readonly type: 'if'
  readonly branches: readonly { readonly condition: List; readonly body: List }[]
  readonly otherwise: List | undefined
}

export interface Loop {
  readonly type: 'loop'
  readonly until: boolean
  readonly condition: List
  readonly body: List
}

export interface For {
  readonly type: 'for'
  readonly name: string
  /** Absent: `"$@"`. */
  readonly words: readonly Word[] | undefined
  readonly body: List
  readonly line: number
}

export interface Case {
  readonly type: 'case'
  readonly word: Word
  readonly items: readonly { readonly patterns: readonly Word[]; readonly body: List }[]
  readonly line: number
}

interface Subshell {
  readonly type: 'subshell'
  readonly body: List
}

interface Group {
  readonly type: 'group'
  readonly body: List
}

export interface Definition {
  readonly type: 'definition'
  readonly name: string
  readonly body: Node
}

export interface Redirected {
  readonly type: 'redirected'
  readonly command: Node
  readonly redirections: readonly Redirection[]
  readonly line: number
}

export interface Redirection {
  readonly operator: '<' | '>' | '>>' | '<>' | '>|' | '<&' | '>&' | '&>' | 'here'
  readonly fd: number
  /** The file or descriptor; the text of a here-document. */
  readonly target: Word
}

export interface Word {
  readonly parts: readonly Part[]
  /** The word means just this text, whatever the state: the fast path. */
  readonly constant: string | undefined
  /** Stays one field: an assignment that is an argument of `export` and the like. */
  readonly whole: boolean
}

export type Part =
  /** `pattern` is the same text with what was quoted escaped for pattern matching. */
  | { readonly type: 'text'; readonly value: string; readonly pattern: string }
  | { readonly type: 'tilde'; readonly user: string }
  | Parameter
  | { readonly type: 'command'; readonly source: string; readonly quoted: boolean; readonly fresh: boolean }
  | { readonly type: 'arithmetic'; readonly expression: Word; readonly quoted: boolean }
  | { readonly type: 'process'; readonly source: string; readonly way: '<' | '>' }
  /** Double quotes: a field stands here even when nothing is in them. */
  | { readonly type: 'quotes'; readonly parts: readonly Part[] }
  | { readonly type: 'bad' }

export interface Parameter {
  readonly type: 'parameter'
  readonly name: string
  readonly quoted: boolean
  readonly operation: Operation | undefined
}

export type Operation =
  | { readonly type: 'length' }
  /** `-` `=` `?` `+`; `colon`: an empty value counts as unset. */
  | { readonly type: 'default'; readonly operator: string; readonly colon: boolean; readonly word: Word }
  | { readonly type: 'trim'; readonly end: boolean; readonly longest: boolean; readonly pattern: Word }
  | { readonly type: 'replace'; readonly all: boolean; readonly pattern: Word; readonly by: Word }
  | { readonly type: 'slice'; readonly offset: Word; readonly length: Word | undefined }
