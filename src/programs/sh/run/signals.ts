import { SIGNALS } from '../../kernel/signals.ts'
import { conditionName } from '../builtins/trap.ts'
import { sayError } from '../complain.ts'
import type { Frame } from '../frames.ts'
import type { Session } from '../session.ts'
import type { Shell } from '../shell.ts'
import { redraw } from './input.ts'
import { source } from './source.ts'
import { pop, push, unwind } from './stack.ts'

/** What a shell at a prompt does not die of. */
const IGNORED_AT_PROMPT: ReadonlySet<number> = new Set([
  SIGNALS.TERM,
  SIGNALS.QUIT,
  SIGNALS.TSTP,
  SIGNALS.TTIN,
  SIGNALS.TTOU,
])

/** Whether the shell handles a signal itself. */
export function handles(shell: Shell, signal: number): boolean {
  if (shell.traps.get(conditionName(signal))) return true
  return shell.interactive && (signal === SIGNALS.INT || signal === SIGNALS.WINCH || IGNORED_AT_PROMPT.has(signal))
}

/** While a command runs in the foreground, and until all of it is put back, traps wait. */
const BUSY: ReadonlySet<Frame['type']> = new Set(['wait', 'capture', 'flush', 'builtin', 'restore', 'variables'])

/** Does what a signal that came means; false: there is none that can be handled now. */
export function handleSignal(session: Session): boolean {
  const { process, shell } = session
  if (process.pending.length === 0) return false
  const top = shell.frames.at(-1)
  if (top && BUSY.has(top.type)) return false
  const signal = process.pending.shift()!
  const action = shell.traps.get(conditionName(signal))
  if (signal === SIGNALS.WINCH && !action) {
    redraw(session)
    return true
  }
  if (top?.type === 'attend') {
    pop(session)
    shell.status = 128 + signal
  }
  if (action) {
    push(shell, { type: 'trap', status: shell.status })
    push(shell, source(action, shell.line))
  } else if (shell.interactive && signal === SIGNALS.INT) interrupt(session)
  return true
}

/** ^C at the prompt: what was typed is gone. */
function interrupt(session: Session): void {
  const { shell } = session
  const input = unwind(session, ({ type }) => type === 'input')
  sayError(session, '\n')
  shell.status = 130
  if (input?.type !== 'input') return
  input.text = ''
  input.prompted = false
}
