import { byteLength } from '../../text/codec.ts'
import { trimLength } from '../../text/pattern.ts'
import { replacePattern } from '../../text/pattern-replace.ts'
import { Failure } from '../failure.ts'
import type { Operation, Parameter, Word } from '../tree.ts'
import { assign } from '../variables.ts'
import { calculate } from './arithmetic.ts'
import { type Context, remember } from './context.ts'
import { addQuoted, addSplit, breakField, type Collector, open } from './fields.ts'
import { drawRandom, parameter } from './parameters.ts'
import { expandInto, expandPattern, expandText } from './word.ts'

export function expandParameter(context: Context, part: Parameter, to: Collector): void {
  const { name, operation, quoted } = part
  const { shell } = context.session
  if ((name === '@' || name === '*') && !operation) return expandArguments(shell.args, part, to)
  if (operation?.type === 'default') return expandDefault(context, part, operation, to)
  const value = read(context, part)
  if (value === undefined && shell.options.u && name !== '@' && name !== '*')
    throw new Failure(`${name}: parameter not set`)
  add(to, operation ? operate(context, operation, value ?? '') : (value ?? ''), quoted)
}

function read(context: Context, part: Parameter): string | undefined {
  const { shell } = context.session
  if (part.name === 'RANDOM' && shell.variables.has('RANDOM')) return remember(context, part, () => drawRandom(shell))
  return parameter(shell, part.name)
}

function add(to: Collector, value: string, quoted: boolean): void {
  if (quoted) addQuoted(to, value)
  else addSplit(to, value)
}

function expandArguments(args: readonly string[], { name, quoted }: Parameter, to: Collector): void {
  const separator = to.ifs[0] ?? ''
  if (!to.split || (quoted && name === '*')) return add(to, args.join(separator), quoted)
  for (const [index, arg] of args.entries()) {
    if (index > 0) breakField(to)
    add(to, arg, quoted)
  }
}

function expandDefault(
  context: Context,
  part: Parameter,
  { operator, colon, word }: Extract<Operation, { type: 'default' }>,
  to: Collector,
): void {
  const { name, quoted } = part
  const known = context.memo.results?.get(part)
  if (operator === '=' && known !== undefined) return add(to, known, quoted)
  const value = read(context, part)
  const missing = value === undefined || (colon && value === '')
  if (missing === (operator === '+')) {
    if (operator === '+') return
    if (name === '@' || name === '*') return expandArguments(context.session.shell.args, part, to)
    return add(to, value!, quoted)
  }
  if (operator === '?') throw new Failure(`${name}: ${expandText(context, word) || unsetWords(colon)}`)
  if (operator === '=') return add(to, assignDefault(context, part, word), quoted)
  if (quoted) open(to)
  expandInto(context, word, to, !quoted)
}

const unsetWords = (colon: boolean) => `parameter not set${colon ? ' or null' : ''}`

function assignDefault(context: Context, part: Parameter, word: Word): string {
  const value = expandText(context, word)
  if (!/^[A-Za-z_]/.test(part.name)) throw new Failure(`${part.name}: bad variable name`)
  return remember(context, part, () => {
    assign(context.session.shell, part.name, value)
    return value
  })
}

function operate(context: Context, operation: Exclude<Operation, { type: 'default' }>, value: string): string {
  switch (operation.type) {
    case 'length':
      return String(byteLength(value))
    case 'trim': {
      const { end, longest } = operation
      const length = trimLength(expandPattern(context, operation.pattern), value, end, longest)
      return end ? value.slice(0, value.length - length) : value.slice(length)
    }
    case 'replace': {
      const source = expandPattern(context, operation.pattern)
      return replacePattern(value, source, expandText(context, operation.by), operation.all)
    }
    case 'slice': {
      const offset = number(context, operation.offset)
      return slice(value, offset, operation.length && number(context, operation.length))
    }
  }
}

const number = (context: Context, word: Word) => Number(calculate(context, word, word))

function slice(value: string, offset: number, length: number | undefined): string {
  const start = offset < 0 ? value.length + offset : offset
  if (start < 0 || start >= value.length) return ''
  if (length === undefined) return value.slice(start)
  return length < 0 ? value.slice(start, Math.max(start, value.length + length)) : value.slice(start, start + length)
}
