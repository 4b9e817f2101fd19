import type { Wait } from '../../kernel/program.ts'
import { complain } from '../complain.ts'
import type { BuiltinFrame } from '../frames.ts'
import { failureOf, raiseFailure, settle } from '../run/exit.ts'
import { pop, push } from '../run/stack.ts'
import type { Session } from '../session.ts'
import { isSpecialBuiltin } from '../special.ts'
import { alias } from './alias.ts'
import { bg } from './bg.ts'
import { breakLoop } from './break.ts'
import type { Builtin } from './builtin.ts'
import { cd } from './cd.ts'
import { command } from './command.ts'
import { dot } from './dot.ts'
import { echo } from './echo.ts'
import { evalText } from './eval.ts'
import { exec } from './exec.ts'
import { exitBuiltin } from './exit.ts'
import { exportVariables } from './export.ts'
import { fg } from './fg.ts'
import { getopts } from './getopts.ts'
import { hash } from './hash.ts'
import { help } from './help.ts'
import { jobs } from './jobs.ts'
import { kill } from './kill.ts'
import { letBuiltin } from './let.ts'
import { local } from './local.ts'
import { printfBuiltin } from './printf.ts'
import { pwd } from './pwd.ts'
import { readBuiltin } from './read.ts'
import { returnBuiltin } from './return.ts'
import { set } from './set.ts'
import { shift } from './shift.ts'
import { test } from './test.ts'
import { times } from './times.ts'
import { trap } from './trap.ts'
import { type } from './type.ts'
import { ulimit } from './ulimit.ts'
import { umask } from './umask.ts'
import { unalias } from './unalias.ts'
import { unsetBuiltin } from './unset.ts'
import { wait } from './wait.ts'

const success: Builtin = () => 0
const failure: Builtin = () => 1

const BUILTINS: ReadonlyMap<string, Builtin> = new Map([
  ['.', dot],
  [':', success],
  ['[', test],
  ['[[', test],
  ['alias', alias],
  ['bg', bg],
  ['break', breakLoop],
  ['cd', cd],
  ['chdir', cd],
  ['command', command],
  ['continue', breakLoop],
  ['echo', echo],
  ['eval', evalText],
  ['exec', exec],
  ['exit', exitBuiltin],
  ['export', exportVariables],
  ['false', failure],
  ['fg', fg],
  ['getopts', getopts],
  ['hash', hash],
  ['help', help],
  ['history', success],
  ['jobs', jobs],
  ['kill', kill],
  ['let', letBuiltin],
  ['local', local],
  ['printf', printfBuiltin],
  ['pwd', pwd],
  ['read', readBuiltin],
  ['readonly', exportVariables],
  ['return', returnBuiltin],
  ['set', set],
  ['shift', shift],
  ['source', dot],
  ['test', test],
  ['times', times],
  ['trap', trap],
  ['true', success],
  ['type', type],
  ['ulimit', ulimit],
  ['umask', umask],
  ['unalias', unalias],
  ['unset', unsetBuiltin],
  ['wait', wait],
])

export const isBuiltin = (name: string): boolean => BUILTINS.has(name)
export const builtinNames = (): string[] => [...BUILTINS.keys()]

/** Runs a built-in. Its frame stays below those that the built-in pushes, and looks at the status in the end. */
export function startBuiltin(session: Session, argv: readonly string[]): Wait | undefined {
  const { shell } = session
  const name = argv[0]!
  push(shell, { type: 'builtin', commandName: shell.commandName })
  const depth = shell.frames.length
  shell.commandName = name
  try {
    const result = BUILTINS.get(name)!(session, argv)
    if (typeof result !== 'number') return result
    shell.status = result
    return undefined
  } catch (error) {
    const reason = failureOf(error)
    if (isSpecialBuiltin(name)) return raiseFailure(session, reason)
    complain(session, reason.words)
    while (shell.frames.length > depth) pop(session)
    shell.status = reason.status
    return undefined
  }
}

export function runBuiltin(session: Session, _frame: BuiltinFrame): Wait | undefined {
  pop(session)
  return settle(session, session.shell.status)
}
