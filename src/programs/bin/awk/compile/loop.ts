import type { Statement } from '../grammar/tree.ts'
import type { Emitter } from './emitter.ts'
import { compileExpression } from './expression.ts'
import { compileStatement } from './statement.ts'

type Of<T extends Statement['type']> = Extract<Statement, { type: T }>

/** The body of a loop; gives the jumps of `break`. */
function looped(emitter: Emitter, body: Statement, next?: number): readonly number[] {
  const loop = { breaks: [], continues: [] }
  emitter.loops.push(loop)
  compileStatement(emitter, body)
  emitter.loops.pop()
  for (const hole of loop.continues) emitter.fill(hole, next)
  return loop.breaks
}

const fillAll = (emitter: Emitter, holes: readonly (number | undefined)[]) => {
  for (const hole of holes) if (hole !== undefined) emitter.fill(hole)
}

export function compileWhile(emitter: Emitter, { test, body }: Of<'while'>): void {
  const start = emitter.here
  compileExpression(emitter, test)
  const end = emitter.hole('jump-unless')
  const breaks = looped(emitter, body, start)
  emitter.emit({ op: 'jump', to: start })
  fillAll(emitter, [end, ...breaks])
}

export function compileDo(emitter: Emitter, { test, body }: Of<'do'>): void {
  const start = emitter.here
  const breaks = looped(emitter, body)
  compileExpression(emitter, test)
  emitter.emit({ op: 'jump-if', to: start })
  fillAll(emitter, breaks)
}

export function compileFor(emitter: Emitter, { start, test, step, body }: Of<'for'>): void {
  if (start) compileDiscarded(emitter, start)
  const again = emitter.here
  if (test) compileExpression(emitter, test)
  const end = test && emitter.hole('jump-unless')
  const breaks = looped(emitter, body)
  if (step) compileDiscarded(emitter, step)
  emitter.emit({ op: 'jump', to: again })
  fillAll(emitter, [end, ...breaks])
}

function compileDiscarded(emitter: Emitter, tree: Parameters<typeof compileExpression>[1]): void {
  compileExpression(emitter, tree)
  emitter.emit({ op: 'pop' })
}

export function compileForIn(emitter: Emitter, { name, array, body }: Of<'for-in'>): void {
  emitter.emit({ op: 'keys', ...emitter.variable(array) })
  const start = emitter.hole('next-key')
  emitter.emit({ op: 'store', ...emitter.variable(name) })
  emitter.emit({ op: 'pop' })
  const breaks = looped(emitter, body, start)
  emitter.emit({ op: 'jump', to: start })
  fillAll(emitter, [start, ...breaks])
  emitter.emit({ op: 'end-keys' })
}
