import type { OpenFile } from '../kernel/open-file.ts'
import type { Job } from './jobs.ts'
import type { Variable } from './shell.ts'
import type { AndOr, Case, For, If, List, Loop, Pipeline, Redirected, Simple } from './tree.ts'

/** What an expansion has computed so far, by the part of the tree: see `expand/context.ts`. */
export interface Memo {
  results: Map<object, string> | undefined
  /** The status of the last command substitution: that of a command that is assignments only. */
  status: number | undefined
  /** Descriptors of process substitutions; they close after the command. */
  descriptors: number[] | undefined
}

/** Most commands need none of it, so it is made when it is needed. */
export const memo = (): Memo => ({ results: undefined, status: undefined, descriptors: undefined })

/** Commands that are read and executed one complete command after the other. */
export interface SourceFrame {
  readonly type: 'source'
  text: string
  pos: number
  /** Newlines before `pos`. */
  line: number
  /** What is left over at its end is ignored: the reader has seen it before. */
  readonly lenient: boolean
  /** `set -v` shows it. */
  readonly echoes: boolean
  /** Nothing comes after it: its last command may take the place of the shell. */
  readonly last: boolean
  /** False: aliases were put in already. */
  readonly aliases: boolean
}

/** Standard input, a terminal or not, as the source. */
export interface InputFrame {
  readonly type: 'input'
  /** Read, but not executed. */
  text: string
  line: number
  prompted: boolean
  ended: boolean
}

export interface ListFrame {
  readonly type: 'list'
  readonly list: List
  next: number
}

export interface SimpleFrame {
  readonly type: 'simple'
  readonly node: Simple
  readonly memo: Memo
  /** The values that variables had before the command's own assignments. */
  readonly saved: Map<string, Variable | undefined>
}

export interface AndOrFrame {
  readonly type: 'and-or'
  readonly node: AndOr
  next: number
}

export interface PipelineFrame {
  readonly type: 'pipeline'
  readonly node: Pipeline
}

export interface IfFrame {
  readonly type: 'if'
  readonly node: If
  /** The branch whose condition was begun; -1: none. */
  branch: number
}

export interface LoopFrame {
  readonly type: 'loop'
  readonly node: Loop
  state: 'start' | 'condition' | 'body'
  status: number
}

export interface ForFrame {
  readonly type: 'for'
  readonly node: For
  readonly memo: Memo
  words: readonly string[] | undefined
  next: number
}

export interface CaseFrame {
  readonly type: 'case'
  readonly node: Case
  readonly memo: Memo
}

export interface RedirectedFrame {
  readonly type: 'redirected'
  readonly node: Redirected
  readonly memo: Memo
}

/** What runs above this one is a condition: `set -e` does not apply to it. */
export interface TestedFrame {
  readonly type: 'tested'
  readonly negate: boolean
}

/** Waits for a job in the foreground. */
export interface WaitFrame {
  readonly type: 'wait'
  readonly job: Job
}

/** Collects the output of a command substitution. */
export interface CaptureFrame {
  readonly type: 'capture'
  readonly fd: number
  readonly job: Job
  readonly part: object
  readonly chunks: Uint8Array[]
  ended: boolean
}

/** Ends a function call. */
export interface CallFrame {
  readonly type: 'call'
  readonly args: readonly string[]
  readonly locals: Map<string, Variable | undefined>
}

/** Puts descriptors back. */
export interface RestoreFrame {
  readonly type: 'restore'
  readonly saved: Map<number, OpenFile | undefined>
}

/** Puts variables back that were set for one command. */
interface VariablesFrame {
  readonly type: 'variables'
  readonly saved: Map<string, Variable | undefined>
}

/** Ends what a built-in does: its name goes from the errors, and `set -e` looks at its status. */
export interface BuiltinFrame {
  readonly type: 'builtin'
  readonly commandName: string | undefined
}

/** Ends a trap's action. */
interface TrapFrame {
  readonly type: 'trap'
  readonly status: number
}

/** Ends a sourced file. */
interface DotFrame {
  readonly type: 'dot'
  readonly args: readonly string[]
  readonly commandName: string | undefined
}

/** Bytes of a built-in that did not fit into the pipe yet. */
export interface FlushFrame {
  readonly type: 'flush'
  bytes: Uint8Array
}

/** The built-in `wait`. */
export interface AwaitFrame {
  readonly type: 'attend'
  /** Undefined: all that run. */
  readonly jobs: Job[] | undefined
}

/** The built-in `read`. */
export interface ReadFrame {
  readonly type: 'read'
  readonly names: readonly string[]
  readonly raw: boolean
  readonly fd: number
  readonly delimiter: number
  readonly limit: number
  readonly until: number | undefined
  readonly bytes: number[]
  /** Places of bytes that a backslash quoted. */
  readonly quoted: number[]
  escaped: boolean
}

/** The shell could not begin. */
export interface RefusalFrame {
  readonly type: 'refusal'
  readonly words: string
  readonly status: number
}

/** The end of the shell, after the EXIT trap. */
interface ExitFrame {
  readonly type: 'exit'
  readonly status: number
}

export type Frame =
  | SourceFrame
  | InputFrame
  | ListFrame
  | SimpleFrame
  | AndOrFrame
  | PipelineFrame
  | IfFrame
  | LoopFrame
  | ForFrame
  | CaseFrame
  | RedirectedFrame
  | TestedFrame
  | WaitFrame
  | CaptureFrame
  | CallFrame
  | RestoreFrame
  | VariablesFrame
  | BuiltinFrame
  | TrapFrame
  | DotFrame
  | FlushFrame
  | AwaitFrame
  | ReadFrame
  | RefusalFrame
  | ExitFrame

export type FrameOf<T extends Frame['type']> = Extract<Frame, { type: T }>
