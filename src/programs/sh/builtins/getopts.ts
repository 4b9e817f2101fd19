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

function next(session: Session, state: State): number {
  const { args } = state
  const arg = args[state.index - 1]
  if (state.offset === 0 || arg === undefined || state.offset >= arg.length) {
    if (state.offset !== 0) state.index++
    state.offset = 0
    const fresh = args[state.index - 1]
    if (fresh === undefined || !/^-./.test(fresh)) return finish(session, state)
    if (fresh === '--') {
      state.index++
      return finish(session, state)
    }
    state.offset = 1
  }
  return option(session, state, args[state.index - 1]!)
}

function option(session: Session, state: State, arg: string): number {
  const { known, args } = state
  const quiet = known.startsWith(':')
  const letter = arg[state.offset++]!
  const place = letter === ':' ? -1 : known.indexOf(letter)
  if (place < 0) {
    if (!quiet) sayError(session, `Illegal option -${letter}\n`)
    return give(session, state, '?', quiet ? letter : undefined)
  }
  if (known[place + 1] !== ':') return give(session, state, letter, '')
  const rest = arg.slice(state.offset)
  const value = rest === '' ? args[state.index] : rest
  state.index += rest === '' ? 2 : 1
  state.offset = 0
  if (value !== undefined) return give(session, state, letter, value)
  if (!quiet) sayError(session, `No arg for -${letter} option\n`)
  return give(session, state, quiet ? ':' : '?', quiet ? letter : undefined)
}

function give(session: Session, state: State, letter: string, value: string | undefined): number {
  if (value === undefined) unset(session.shell, 'OPTARG')
  else assign(session.shell, 'OPTARG', value)
  const done = state.offset >= (state.args[state.index - 1]?.length ?? 0)
  // An argument that is used up counts as passed at once.
  if (done && state.offset > 0) {
    state.index++
    state.offset = 0
  }
  return keep(session, state, letter, 0)
}

function finish(session: Session, state: State): number {
  unset(session.shell, 'OPTARG')
  return keep(session, state, '?', 1)
}

function keep({ shell }: Session, state: State, letter: string, status: number): number {
  assign(shell, 'OPTIND', String(state.index))
  assign(shell, state.name, letter)
  shell.optionOffset = state.offset
  return status
}
