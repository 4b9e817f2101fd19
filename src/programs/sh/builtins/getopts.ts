import { sayError } from '../complain.ts'
import { Failure } from '../failure.ts'
import type { Session } from '../session.ts'
import { assign, unset, valueFor } from '../variables.ts'
import type { Builtin } from './builtin.ts'

export const getopts: Builtin = (session, argv) => {
  const { shell } = session
  const [, known, name, ...given] = argv
  if (known === undefined || name === undefined) throw new Failure('usage: getopts optstring var [arg]')
  const args = given.length > 0 ? given : shell.args
  const index = Number(valueFor(shell, 'OPTIND') ?? 1)
  const offset = shell.optionOffset
  const state = { known, name, args, index: Number.isInteger(index) && index > 0 ? index : 1, offset }
  return next(session, state)
}

interface State {
  readonly known: string
  readonly name: string
  readonly args: readonly string[]
  index: number
  offset: number
}

/** `index` is that of the argument after the one in hand: OPTIND shows it so. */
function next(session: Session, state: State): number {
  const { args } = state
  if (state.offset > 0 && state.offset < (args[state.index - 2]?.length ?? 0))
    return option(session, state, args[state.index - 2]!)
  const arg = args[state.index - 1]
  if (arg === undefined || !/^-./.test(arg)) return finish(session, state)
  state.index++
  if (arg === '--') return finish(session, state)
  state.offset = 1
  return option(session, state, arg)
}

function option(session: Session, state: State, arg: string): number {
  const { known, args } = state
  const quiet = known.startsWith(':')
  const letter = arg[state.offset++]!
  const rest = arg.slice(state.offset)
  if (rest === '') state.offset = 0
  const place = letter === ':' ? -1 : known.indexOf(letter)
  if (place < 0) {
    if (!quiet) sayError(session, `Illegal option -${letter}\n`)
    return give(session, state, '?', quiet ? letter : undefined)
  }
  if (known[place + 1] !== ':') return give(session, state, letter, '')
  state.offset = 0
  const value = rest === '' ? args[state.index - 1] : rest
  if (rest === '' && value !== undefined) state.index++
  if (value !== undefined) return give(session, state, letter, value)
  if (!quiet) sayError(session, `No arg for -${letter} option\n`)
  return give(session, state, quiet ? ':' : '?', quiet ? letter : undefined)
}

function give(session: Session, state: State, letter: string, value: string | undefined): number {
  if (value === undefined) unset(session.shell, 'OPTARG')
  else assign(session.shell, 'OPTARG', value)
  return keep(session, state, letter, 0)
}

function finish(session: Session, state: State): number {
  state.offset = 0
  unset(session.shell, 'OPTARG')
  return keep(session, state, '?', 1)
}

function keep({ shell }: Session, state: State, letter: string, status: number): number {
  assign(shell, 'OPTIND', String(state.index))
  assign(shell, state.name, letter)
  shell.optionOffset = state.offset
  return status
}
