import { SIGNALS, signalName, signalNumber } from '../../kernel/signals.ts'
import { complain } from '../complain.ts'
import { singleQuote } from '../quote.ts'
import type { Session } from '../session.ts'
import type { Builtin } from './builtin.ts'
import { parseOptions } from './options.ts'
import { print } from './output.ts'

export const trap: Builtin = (session, argv) => {
  const { operands } = parseOptions(argv, '')
  if (operands.length === 0) return list(session)
  const [first] = operands
  // Without an action, or with a number in its place, the signals get their default back.
  const reset = first === '-' || operands.length === 1 || /^\d+$/.test(first!)
  const names = first === '-' || !reset ? operands.slice(1) : operands
  let status = 0
  for (const name of names) {
    const signal = conditionOf(name)
    if (signal === undefined) {
      complain(session, `${name}: invalid signal specification`)
      status = 1
    } else change(session, signal, reset ? undefined : first!)
  }
  return status
}

/** EXIT is 0. */
function conditionOf(name: string): number | undefined {
  if (/^(SIG)?EXIT$/i.test(name)) return 0
  const number = signalNumber(name)
  return number !== undefined && number < 65 ? number : undefined
}

export const conditionName = (signal: number): string =>
  signal === 0 ? 'EXIT' : (signalName(signal) ?? String(signal))

function change({ process, shell }: Session, signal: number, action: string | undefined): void {
  const name = conditionName(signal)
  // What was ignored when the shell started stays ignored.
  if (shell.locked.has(signal)) return
  if (action === undefined) shell.traps.delete(name)
  else shell.traps.set(name, action)
  if (signal === 0 || signal === SIGNALS.KILL || signal === SIGNALS.STOP) return
  if (action === '') process.ignored.add(signal)
  else process.ignored.delete(signal)
}

function list(session: Session): number {
  const { traps } = session.shell
  const rows = [...traps].sort(([a], [b]) => (conditionOf(a) ?? 0) - (conditionOf(b) ?? 0))
  print(session, rows.map(([name, action]) => `trap -- ${singleQuote(action)} ${name}\n`).join(''))
  return 0
}
