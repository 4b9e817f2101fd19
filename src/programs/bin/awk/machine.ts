import { regularExpression } from '../../text/regular-expression.ts'
import type { Call } from '../call.ts'
import { callBuiltin } from './builtins.ts'
import type { ArrayHandle, Instruction, Value } from './code.ts'
import { type Got, nextCommandRecord, nextFileRecord, nextMainRecord } from './input.ts'
import { close, write } from './output.ts'
import { formatValues } from './printf.ts'
import { AwkProblem } from './problem.ts'
import { countRecord, fieldsOf, readField, setFieldCount, setRecord, textOf, writeField } from './record.ts'
import type { Awk } from './state.ts'
import { binary, input, isTrue, toNumber, toText } from './values.ts'

/** Instructions of one step of the machine. */
const BUDGET = 64
const CALL_LIMIT = 10_000
/** So many pieces of output are handed on before more is made. */
const OUTPUT_LIMIT = 256

/** Goes on until there is something to wait for. */
export function runAwk(call: Call<Awk>): void {
  const awk = call.data
  for (let budget = BUDGET; budget > 0; budget--) {
    if (awk.phase === 'done') return finish(call)
    const busy = awk.piece >= 0 ? step(call, awk.program.code[awk.pc]!) : begin(call)
    if (!busy) return
    if (call.frame.out.length > OUTPUT_LIMIT) break
  }
  call.pause({ type: 'run' })
}

/** Commands that were printed to run now. */
function finish(call: Call<Awk>): void {
  const awk = call.data
  for (const name of [...awk.pipes.keys(), ...awk.commands.keys()]) if (close(call, name) === undefined) return
  call.finish(awk.exitCode || call.frame.code)
}

/** Finds what is to be executed next; false: the step ends. */
function begin(call: Call<Awk>): boolean {
  const awk = call.data
  const { program } = awk
  if (awk.phase === 'begin') {
    if (program.begin.length > 0) return enter(awk, 0)
    awk.phase = program.rules.length > 0 || program.end.length > 0 ? 'records' : 'done'
    return true
  }
  if (awk.phase === 'end') {
    if (program.end.length > 0) return enter(awk, 0)
    awk.phase = 'done'
    return true
  }
  const got = nextMainRecord(call)
  if (got === 'waiting') return false
  if (typeof got === 'string') {
    awk.phase = 'end'
    return true
  }
  setRecord(awk, got.record)
  countRecord(awk, true)
  return program.rules.length === 0 || enter(awk, 0)
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
function done(awk: Awk): void {
  if (awk.piece + 1 < piecesOf(awk).length) {
    enter(awk, awk.piece + 1)
    return
  }
  leave(awk)
}

function leave(awk: Awk): void {
  awk.piece = -1
  awk.calls.length = 0
  if (awk.phase === 'begin') awk.phase = awk.program.rules.length > 0 || awk.program.end.length > 0 ? 'records' : 'done'
  else if (awk.phase === 'end') awk.phase = 'done'
}

// Variables

function load(awk: Awk, name: string, local: number): Value {
  if (local >= 0) return awk.calls.at(-1)!.locals[local]
  if (name === 'NF') return fieldsOf(awk).length
  return awk.globals.get(name)
}

function store(awk: Awk, name: string, local: number, value: Value): void {
  if (local >= 0) awk.calls.at(-1)!.locals[local] = value
  else if (name === 'NF') setFieldCount(awk, toNumber(value))
  else awk.globals.set(name, value)
}

/** The array of that name; it comes to be when it is first used. */
function arrayHandle(awk: Awk, name: string, local: number): ArrayHandle {
  const value = load(awk, name, local)
  if (typeof value === 'object' && 'array' in value) return value
  if (value !== undefined) throw new AwkProblem('not an array')
  const handle = { array: awk.nextArray++ }
  awk.arrays.set(handle.array, new Map())
  store(awk, name, local, handle)
  return handle
}

const arrayOf = (awk: Awk, name: string, local: number) => awk.arrays.get(arrayHandle(awk, name, local).array)!

function reference(awk: Awk, name: string, local: number): Value {
  const value = load(awk, name, local)
  return value === undefined && name !== 'NF' ? arrayHandle(awk, name, local) : value
}

// Instructions

/** One instruction; false: it waits, and comes again. */
function step(call: Call<Awk>, instruction: Instruction): boolean {
  const awk = call.data
  const { stack } = awk
  const convfmt = textOf(awk, 'CONVFMT')
  const text = (value: Value) => toText(value, convfmt)
  awk.pc++
  switch (instruction.op) {
    case 'push':
      stack.push(instruction.value)
      return true
    case 'pop':
      stack.pop()
      return true
    case 'duplicate':
      stack.push(stack.at(-1))
      return true
    case 'swap': {
      const [a, b] = stack.splice(-2)
      stack.push(b, a)
      return true
    }
    case 'rotate': {
      const [a, b, c] = stack.splice(-3)
      stack.push(c, a, b)
      return true
    }
    case 'load':
      stack.push(load(awk, instruction.name, instruction.local))
      return true
    case 'store':
      store(awk, instruction.name, instruction.local, stack.at(-1))
      return true
    case 'load-field':
      stack.push(readField(awk, fieldIndex(stack.pop())))
      return true
    case 'store-field': {
      const [index, value] = stack.splice(-2)
      writeField(awk, fieldIndex(index), text(value))
      stack.push(value)
      return true
    }
    case 'load-element': {
      const array = arrayOf(awk, instruction.name, instruction.local)
      const key = text(stack.pop())
      if (!array.has(key)) array.set(key, undefined)
      stack.push(array.get(key))
      return true
    }
    case 'store-element': {
      const [key, value] = stack.splice(-2)
      arrayOf(awk, instruction.name, instruction.local).set(text(key), value)
      stack.push(value)
      return true
    }
    case 'in':
      stack.push(arrayOf(awk, instruction.name, instruction.local).has(text(stack.pop())) ? 1 : 0)
      return true
    case 'delete': {
      const array = arrayOf(awk, instruction.name, instruction.local)
      if (instruction.all) array.clear()
      else array.delete(text(stack.pop()))
      return true
    }
    case 'subscript':
      if (instruction.count > 1) stack.push(stack.splice(-instruction.count).map(text).join(textOf(awk, 'SUBSEP')))
      return true
    case 'reference':
      stack.push(reference(awk, instruction.name, instruction.local))
      return true
    case 'binary': {
      const [a, b] = stack.splice(-2)
      if ((instruction.operator === '/' || instruction.operator === '%') && toNumber(b) === 0)
        throw new AwkProblem('Division by zero')
      stack.push(binary(instruction.operator, a, b, convfmt))
      return true
    }
    case 'unary': {
      const value = stack.pop()
      stack.push(
        instruction.operator === '!'
          ? isTrue(value)
            ? 0
            : 1
          : instruction.operator === '-'
            ? -toNumber(value)
            : toNumber(value),
      )
      return true
    }
    case 'truth':
      stack.push(isTrue(stack.pop()) ? 1 : 0)
      return true
    case 'regex':
      stack.push(instruction.source)
      return true
    case 'match': {
      const [value, source] = stack.splice(-2)
      stack.push(regularExpression(text(source), { extended: true }).test(text(value)) === instruction.negated ? 0 : 1)
      return true
    }
    case 'match-record':
      stack.push(regularExpression(instruction.source, { extended: true }).test(text(readField(awk, 0))) ? 1 : 0)
      return true
    case 'jump':
      awk.pc = instruction.to
      return true
    case 'jump-if':
      if (isTrue(stack.pop())) awk.pc = instruction.to
      return true
    case 'jump-unless':
      if (!isTrue(stack.pop())) awk.pc = instruction.to
      return true
    case 'keys':
      awk.iterations.push([...arrayOf(awk, instruction.name, instruction.local).keys()].reverse())
      return true
    case 'next-key': {
      const key = awk.iterations.at(-1)!.pop()
      if (key === undefined) awk.pc = instruction.to
      else stack.push(input(key))
      return true
    }
    case 'end-keys':
      awk.iterations.pop()
      return true
    case 'range-active':
      stack.push(awk.ranges[instruction.range] ? 1 : 0)
      return true
    case 'set-range':
      awk.ranges[instruction.range] = instruction.on
      return true
    case 'done':
      done(awk)
      return true
    case 'next':
      leave(awk)
      return true
    case 'next-file':
      awk.main.buffer = ''
      if (awk.fd > 0) call.kernel.close(call.process, awk.fd)
      awk.fd = -1
      leave(awk)
      return true
    default:
      return stepOut(call, instruction)
  }
}

function fieldIndex(value: Value): number {
  const index = Math.trunc(toNumber(value))
  if (index < 0) throw new AwkProblem('access to negative field')
  return index
}

type Outward = Extract<Instruction, { op: 'print' | 'printf' | 'call' | 'return' | 'builtin' | 'getline' | 'exit' }>

/** What leaves the expression: output, calls, input. */
function stepOut(call: Call<Awk>, instruction: Instruction): boolean {
  const awk = call.data
  const outward = instruction as Outward
  switch (outward.op) {
    case 'print':
    case 'printf':
      print(call, outward)
      return true
    case 'call':
      callFunction(awk, outward.name, outward.count)
      return true
    case 'return': {
      const { returnTo } = awk.calls.pop()!
      awk.pc = returnTo
      return true
    }
    case 'builtin': {
      const args = outward.count > 0 ? awk.stack.slice(-outward.count) : []
      const results = callBuiltin(call, outward.name, args)
      if (!results) {
        awk.pc--
        return false
      }
      awk.stack.length -= outward.count
      awk.stack.push(...results)
      return true
    }
    case 'getline':
      return getline(call, outward.from)
    case 'exit': {
      const value = awk.stack.pop()
      if (value !== undefined) awk.exitCode = toNumber(value) & 255
      awk.piece = -1
      awk.calls.length = 0
      awk.phase = awk.phase === 'end' ? 'done' : 'end'
      return true
    }
  }
}

function print(call: Call<Awk>, { op, count, to }: Extract<Instruction, { op: 'print' | 'printf' }>): void {
  const awk = call.data
  const format = textOf(awk, 'OFMT')
  const target = to === '' ? '' : toText(awk.stack.pop(), '%.6g')
  const values = awk.stack.splice(awk.stack.length - count)
  const line =
    op === 'print'
      ? values.map((value) => toText(value, format)).join(textOf(awk, 'OFS')) + textOf(awk, 'ORS')
      : formatValues(toText(values[0], format), values.slice(1), textOf(awk, 'CONVFMT'))
  write(call, to, target, line)
}

function callFunction(awk: Awk, name: string, count: number): void {
  const target = awk.program.functions[name]!
  if (awk.calls.length > CALL_LIMIT) throw new AwkProblem('function calls are nested too deeply')
  const args = count > 0 ? awk.stack.splice(-count) : []
  const locals = Array.from({ length: Math.max(target.locals, count) }, (_, index) => args[index])
  awk.calls.push({ locals, returnTo: awk.pc })
  awk.pc = target.entry
}

function getline(call: Call<Awk>, from: 'main' | 'file' | 'command'): boolean {
  const awk = call.data
  const name = from === 'main' ? '' : toText(awk.stack.at(-1), '%.6g')
  const got: Got =
    from === 'main'
      ? nextMainRecord(call)
      : from === 'file'
        ? nextFileRecord(call, name)
        : nextCommandRecord(call, name)
  if (got === 'waiting') {
    awk.pc--
    return false
  }
  if (from !== 'main') awk.stack.pop()
  if (typeof got === 'string') awk.stack.push(undefined, got === 'end' ? 0 : -1)
  else {
    if (from !== 'file') countRecord(awk, from === 'main')
    awk.stack.push(input(got.record), 1)
  }
  return true
}
