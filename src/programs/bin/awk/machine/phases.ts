import type { Call } from '../../call.ts'
import { AwkProblem } from '../problem.ts'
import { setRecord } from '../record/fields.ts'
import { countRecord } from '../record/take.ts'
import { nextMainRecord } from './main-input.ts'
import type { Awk } from './state.ts'
import { input } from './values.ts'

/** Finds what is to be executed next; false: the step ends. */
export function begin(call: Call<Awk>): boolean {
  const awk = call.data
  if (awk.phase === 'records') return beginRecord(call)
  if (piecesOf(awk).length > 0) return enter(awk, 0)
  leave(awk)
  return true
}

function beginRecord(call: Call<Awk>): boolean {
  const awk = call.data
  const got = nextMainRecord(call)
  if (got === 'waiting') return false
  if (typeof got === 'string') {
    awk.phase = 'end'
    return true
  }
  setRecord(awk, input(got.record))
  countRecord(awk)
  return awk.program.rules.length === 0 || enter(awk, 0)
}

const piecesOf = ({ program, phase }: Awk) =>
  phase === 'begin' ? program.begin : phase === 'end' ? program.end : program.rules

function enter(awk: Awk, piece: number): boolean {
  awk.piece = piece
  awk.pc = piecesOf(awk)[piece]!
  awk.stack.length = 0
  awk.iterations.length = 0
  return true
}

/** A piece is done: the next one, the next record, or the next phase. */
export function done(awk: Awk): void {
  if (awk.piece + 1 < piecesOf(awk).length) enter(awk, awk.piece + 1)
  else leave(awk)
}

/** The rest of the rules is passed over. */
export function leave(awk: Awk): void {
  awk.piece = -1
  awk.calls.length = 0
  if (awk.phase === 'begin') beginRecords(awk)
  else if (awk.phase === 'end') awk.phase = 'done'
}

/** Without rules for records or END the input is not read. What BEGIN read of a file does not count in it. */
function beginRecords(awk: Awk): void {
  const { rules, end } = awk.program
  awk.phase = rules.length > 0 || end.length > 0 ? 'records' : 'done'
  awk.globals.set('FNR', 0)
}

/** `exit`: END comes next, unless it is that which exits. */
export function quit(awk: Awk, code: number | undefined): void {
  if (code !== undefined) awk.exitCode = code & 255
  awk.piece = -1
  awk.calls.length = 0
  awk.phase = awk.phase === 'end' ? 'done' : 'end'
}

const CALL_LIMIT = 10_000

export function callFunction(awk: Awk, name: string, count: number): void {
  const target = awk.program.functions[name]!
  if (awk.calls.length > CALL_LIMIT) throw new AwkProblem('function calls are nested too deeply')
  const args = awk.stack.splice(awk.stack.length - count)
  const locals = Array.from({ length: Math.max(target.params, count) }, (_, index) => args[index])
  awk.calls.push({ locals, returnTo: awk.pc, iterations: awk.iterations.length })
  awk.pc = target.entry
}

/** Outside of all functions it does nothing. */
export function returnFrom(awk: Awk): void {
  const activation = awk.calls.pop()
  if (!activation) return done(awk)
  awk.pc = activation.returnTo
  awk.iterations.length = activation.iterations
}
