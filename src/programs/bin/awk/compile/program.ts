import type { Function, Rule, Source } from '../grammar/tree.ts'
import type { Program } from '../machine/code.ts'
import { AwkProblem } from '../problem.ts'
import { Emitter } from './emitter.ts'
import { compileExpression } from './expression.ts'
import { compileStatement } from './statement.ts'

/** A program that was read, and the file it was read from. */
export interface Named {
  readonly file: string
  readonly source: Source
}

type Entries = Record<Rule['on'], number[]>

/** All sources as one program for the machine. */
export function compile(sources: readonly Named[]): Program {
  const emitter = new Emitter()
  const entries: Entries = { begin: [], record: [], end: [] }
  const functions: Record<string, { entry: number; params: number }> = {}
  for (const { file, source } of sources) {
    emitter.file = file
    for (const made of source.functions) functions[made.name] = compileFunction(emitter, made)
    for (const rule of source.rules) entries[rule.on].push(compileRule(emitter, rule))
  }
  for (const [name, line] of emitter.called)
    if (!Object.hasOwn(functions, name)) throw new AwkProblem('Call to undefined function', line)
  const { code, places, ranges } = emitter
  return { code, places, begin: entries.begin, rules: entries.record, end: entries.end, functions, ranges }
}

function compileFunction(emitter: Emitter, { params, body }: Function): { entry: number; params: number } {
  const entry = emitter.here
  emitter.params = params
  compileStatement(emitter, body)
  emitter.emit({ op: 'push', value: undefined })
  emitter.emit({ op: 'return' })
  emitter.params = []
  return { entry, params: params.length }
}

function compileRule(emitter: Emitter, { from, to, body, line }: Rule): number {
  const entry = emitter.here
  emitter.at(line)
  if (from && to) compileRange(emitter, from, to)
  else if (from) compileExpression(emitter, from)
  const skip = from && emitter.hole('jump-unless')
  compileStatement(emitter, body ?? { type: 'print', args: [], to: '', target: undefined, line })
  if (skip !== undefined) emitter.fill(skip)
  emitter.emit({ op: 'done' })
  return entry
}

/** `from, to`: what begins it is not asked while it is on. */
function compileRange(emitter: Emitter, from: NonNullable<Rule['from']>, to: NonNullable<Rule['to']>): void {
  const range = emitter.ranges++
  emitter.emit({ op: 'range-active', range })
  const on = emitter.hole('jump-if')
  compileExpression(emitter, from)
  const no = emitter.hole('jump-unless')
  emitter.emit({ op: 'set-range', range, on: true })
  emitter.fill(on)
  compileExpression(emitter, to)
  const stays = emitter.hole('jump-unless')
  emitter.emit({ op: 'set-range', range, on: false })
  emitter.fill(stays)
  emitter.emit({ op: 'push', value: 1 })
  const end = emitter.hole('jump')
  emitter.fill(no)
  emitter.emit({ op: 'push', value: 0 })
  emitter.fill(end)
}
