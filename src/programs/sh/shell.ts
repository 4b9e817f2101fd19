import type { Frame } from './frames.ts'
import type { Job } from './jobs.ts'
import type { Definition } from './tree.ts'

/** A variable; replaced as a whole, never changed, so that subshells share it. */
export interface Variable {
  /** Absent: declared only, as by `export x`. */
  readonly value: string | undefined
  readonly exported: boolean
  readonly readOnly: boolean
}

/** Options of `set` by their letters; those without a letter by their names. */
export type Options = Record<string, boolean>

/** How a shell was configured when it was compiled. */
export interface ShellBuild {
  /** What an interactive one says first, before the line about `help`; empty: nothing. FEATURE_SH_EXTRA_QUIET */
  readonly banner: string
  /** FEATURE_EDITING_ASK_TERMINAL */
  readonly asksCursor: boolean
}

/** What the shell's process knows between two steps. */
export interface Shell {
  frames: Frame[]
  variables: Map<string, Variable>
  /** Characters in the values of the variables, beyond what a subshell has in common with the shell that made it. */
  held: number
  functions: Map<string, Definition>
  aliases: Map<string, string>
  /** `$1`, `$2`, … */
  args: readonly string[]
  /** `$0`; errors begin with it. */
  name: string
  /** The applet's own name: errors of built-ins that are programs elsewhere begin with it. */
  readonly applet: string
  /** Stands in errors behind the name: the built-in that runs, or the script's name. */
  commandName: string | undefined
  /** `$?` */
  status: number
  options: Options
  /** Commands by the names of signals, and by EXIT. An empty one ignores. */
  traps: Map<string, string>
  /** Where it is, by the names of the symlinks on the way. */
  directory: string
  /** Signals that were ignored when the shell started: a script cannot trap them. */
  readonly locked: ReadonlySet<number>
  /** `$!`, 0: none. */
  background: number
  jobs: Job[]
  /** `$$`, also in subshells. */
  readonly pid: number
  readonly subshell: boolean
  readonly interactive: boolean
  /** Asks the terminal after each prompt where its cursor is. */
  readonly asksCursor: boolean
  /** Within a condition when the subshell was made: `set -e` does not apply. */
  tested: boolean
  /** The line that errors and LINENO tell. */
  line: number
  random: number
  /** Where in the argument `getopts` stands. */
  optionOffset: number
  exiting: boolean
  /** The user was told of stopped jobs: the next `exit` is meant. */
  warned: boolean
}

/** The state of a subshell that goes on with these frames. */
export function subshell(shell: Shell, frames: Frame[], tested: boolean): Shell {
  return {
    ...shell,
    frames,
    variables: new Map(shell.variables),
    held: 0,
    functions: new Map(shell.functions),
    aliases: new Map(shell.aliases),
    options: { ...shell.options, m: false },
    // Only what is ignored stays so.
    traps: new Map([...shell.traps].filter(([, action]) => action === '')),
    jobs: [],
    subshell: true,
    interactive: false,
    tested,
    exiting: false,
  }
}
