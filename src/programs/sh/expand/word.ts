import { isMagic } from '../../text/pattern.ts'
import { Failure } from '../failure.ts'
import { homeOf } from '../home.ts'
import { openSubstitution } from '../run/process-substitution.ts'
import type { Part, Word } from '../tree.ts'
import { valueFor } from '../variables.ts'
import { calculate } from './arithmetic.ts'
import { type Context, Pending, remember } from './context.ts'
import { addQuoted, addSplit, addText, breakField, type Collector, collector, open } from './fields.ts'
import { pathnames } from './glob.ts'
import { expandParameter } from './parameter.ts'

const DEFAULT_IFS = ' \t\n'
const ifsOf = ({ session }: Context) => valueFor(session.shell, 'IFS') ?? DEFAULT_IFS

/** What words expand to as arguments: split into fields, matched against file names. */
export function expandWords(context: Context, words: readonly Word[]): string[] {
  const result: string[] = []
  for (const word of words) {
    if (word.constant !== undefined) result.push(word.constant)
    else if (word.whole) result.push(expandText(context, word))
    else expandFields(context, word, result)
  }
  return result
}

function expandFields(context: Context, word: Word, result: string[]): void {
  const { session } = context
  const to = collector(true, ifsOf(context))
  expandInto(context, word, to, false)
  breakField(to)
  for (const { value, pattern } of to.fields) {
    const names = session.shell.options.f || !isMagic(pattern) ? [] : pathnames(session, pattern)
    if (names.length > 0) result.push(...names)
    else result.push(value)
  }
}

/** What a word expands to where it stays whole: an assignment, a file name behind `>`, a here-document. */
export function expandText(context: Context, word: Word): string {
  return word.constant ?? joined(context, word).value
}

/** The same as a pattern: what was quoted is escaped. */
export function expandPattern(context: Context, word: Word): string {
  return joined(context, word).pattern
}

function joined(context: Context, word: Word): { value: string; pattern: string } {
  const to = collector(false, ifsOf(context))
  expandInto(context, word, to, false)
  return to.current ?? { value: '', pattern: '' }
}

/** @param operand the word of a `${x:-word}`: its text is split as a variable's value is. */
export function expandInto(context: Context, word: Word, to: Collector, operand: boolean): void {
  for (const part of word.parts) expandPart(context, part, to, operand)
}

function expandPart(context: Context, part: Part, to: Collector, operand: boolean): void {
  switch (part.type) {
    case 'text':
      if (operand) addOperand(to, part.pattern)
      else addText(to, part.value, part.pattern)
      return
    case 'quotes':
      return expandQuotes(context, part.parts, to)
    case 'parameter':
      return expandParameter(context, part, to)
    case 'arithmetic': {
      const value = calculate(context, part, part.expression)
      return part.quoted ? addQuoted(to, value) : addSplit(to, value)
    }
    case 'command': {
      const output = remember(context, part, () => {
        throw new Pending(part, part.source, part.fresh)
      })
      return part.quoted ? addQuoted(to, output) : addSplit(to, output)
    }
    case 'tilde':
      return addQuoted(to, homeOf(context.session, part.user) ?? `~${part.user}`)
    case 'process':
      return addQuoted(to, openSubstitution(context, part))
    case 'bad':
      throw new Failure('syntax error: bad substitution')
  }
}

function expandQuotes(context: Context, parts: readonly Part[], to: Collector): void {
  const [only] = parts
  const all = parts.length === 1 && only?.type === 'parameter' && only.name === '@' && !only.operation
  // "$@" without arguments leaves nothing behind, not even an empty field.
  if (all && to.split && context.session.shell.args.length === 0) return
  open(to)
  for (const part of parts) {
    if (part.type === 'text') addQuoted(to, part.value)
    else expandPart(context, part, to, false)
  }
}

/** Text of an operand, given as a pattern: what is escaped in it was quoted. */
function addOperand(to: Collector, pattern: string): void {
  for (const [piece] of pattern.matchAll(/\\[\s\S]|[^\\]+/g)) {
    if (piece.startsWith('\\')) addQuoted(to, piece.slice(1))
    else addSplit(to, piece)
  }
}
