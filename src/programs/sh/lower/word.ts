import type { Word as ParsedWord, WordPart } from 'unbash'
import { parse } from 'unbash'
import { isName } from '../read/tokens.ts'
import type { Part, Word } from '../tree.ts'
import { doubleText, IN_BRACES, IN_HEREDOC, IN_QUOTES, plainText, quotedText } from './literal.ts'
import { lowerParameter } from './parameter.ts'

/** Where a word stands decides what quotes and backslashes in it mean. */
export interface Context {
  /** Characters that a backslash quotes; undefined: outside of double quotes, any. */
  readonly double: string | undefined
}
export const PLAIN: Context = { double: undefined }
const QUOTES: Context = { double: IN_QUOTES }
export const HEREDOC: Context = { double: IN_HEREDOC }
export const BRACES: Context = { double: IN_BRACES }

export function word(parts: readonly Part[], whole = false): Word {
  const texts = parts.filter((part) => part.type === 'text')
  // A pattern may grow out of unquoted text, so only what is plainly itself is constant.
  const constant =
    parts.length === texts.length && parts.length > 0 && texts.every(({ pattern }) => !/(^|[^\\])[*?[]/.test(pattern))
      ? texts.map(({ value }) => value).join('')
      : undefined
  return { parts, constant: constant === '' ? undefined : constant, whole }
}

export function lowerWord(source: ParsedWord): Word {
  return word(withTilde(partsOf(source, PLAIN), false))
}

/** The value of an assignment: a tilde counts after each colon too. */
export function lowerValue(source: ParsedWord): Word {
  return word(withTilde(partsOf(source, PLAIN), true))
}

/** An argument like `name=value` of `export`, `readonly` or `local`. */
export function lowerAssignmentWord(source: ParsedWord): Word {
  const name = source.text.slice(0, source.text.indexOf('=') + 1)
  const parts = partsOf(source, PLAIN)
  const [first, ...rest] = parts
  if (first?.type !== 'text') return word(parts, true)
  const value = [
    { ...first, value: first.value.slice(name.length), pattern: first.pattern.slice(name.length) },
    ...rest,
  ]
  return word([quotedText(name), ...withTilde(value, true)], true)
}

export function partsOf(source: ParsedWord, context: Context): readonly Part[] {
  if (source.parts) return lowerParts(source.parts, context)
  return [literal(source.text, context)]
}

function literal(text: string, { double }: Context): Part {
  return double === undefined ? plainText(text) : doubleText(text, double)
}

export function lowerParts(parts: readonly WordPart[], context: Context): readonly Part[] {
  return parts.flatMap((part) => lowerPart(part, context))
}

function lowerPart(part: WordPart, context: Context): readonly Part[] {
  const quoted = context.double !== undefined
  switch (part.type) {
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ type: 'quotes', parts: [quotedText(part.value)] }]
    case 'DoubleQuoted':
      return [doubleQuotes(part.parts)]
    case 'LocaleString':
      // `$"…"` means nothing to ash.
      return [quotedText('$'), doubleQuotes(part.parts)]
    case 'SimpleExpansion':
      return [{ type: 'parameter', name: part.text.slice(1), quoted, operation: undefined }]
    case 'ParameterExpansion':
      return [lowerParameter(part, context)]
    case 'CommandExpansion':
      return [lowerCommand(part.text, quoted)]
    case 'ArithmeticExpansion':
      if (part.text.startsWith('$[')) return [literal(part.text, context)]
      return [{ type: 'arithmetic', expression: lowerText(part.text.slice(3, -2)), quoted }]
    case 'ProcessSubstitution':
      return [{ type: 'process', source: part.text.slice(2, -1), way: part.operator }]
    case 'Glob':
      if (part.kind !== 'bracket' || quoted) return [literal(part.text, context)]
      return [plainText('['), ...lowerParts(part.parts, context), plainText(']')]
    case 'BraceExpansion':
      return part.parts ? lowerParts(part.parts, context) : [literal(part.text, context)]
    default:
      return [literal(part.text, context)]
  }
}

const doubleQuotes = (parts: readonly WordPart[]): Part => ({ type: 'quotes', parts: lowerParts(parts, QUOTES) })

function lowerCommand(text: string, quoted: boolean): Part {
  if (text.startsWith('$(')) return { type: 'command', source: text.slice(2, -1), quoted, fresh: false }
  const special = quoted ? /\\([$`\\"])/g : /\\([$`\\])/g
  return { type: 'command', source: text.slice(1, -1).replace(special, '$1'), quoted, fresh: true }
}

/** Text in which only `$` and backquotes mean something: as in a here-document. */
export function lowerText(text: string): Word {
  if (!/[$`\\]/.test(text)) return word([quotedText(text)])
  let end = 'END'
  while (text.includes(end)) end += 'D'
  const command = parse(`cat <<${end}\n${text}\n${end}\n`).commands[0]?.command
  const document = command?.type === 'Command' ? command.redirects[0] : undefined
  if (document?.type !== 'HereDoc') return word([quotedText(text)])
  const parts = document.body.parts ? lowerParts(document.body.parts, HEREDOC) : [literal(document.body.text, HEREDOC)]
  return word(withoutLastNewline(parts))
}

function withoutLastNewline(parts: readonly Part[]): readonly Part[] {
  const last = parts.at(-1)
  if (last?.type !== 'text' || !last.value.endsWith('\n')) return parts
  return [...parts.slice(0, -1), quotedText(last.value.slice(0, -1))]
}

function withTilde(parts: readonly Part[], assignment: boolean): readonly Part[] {
  return parts.flatMap((part, index) => {
    if (part.type !== 'text' || !part.value.includes('~')) return [part]
    if (index > 0 && !assignment) return [part]
    return tildes(part, index === 0, assignment, index === parts.length - 1)
  })
}

/** Splits a text at its tildes. Each must be unquoted, at a beginning, and its user name must end within the text. */
function tildes(text: Extract<Part, { type: 'text' }>, atStart: boolean, assignment: boolean, last: boolean): Part[] {
  // A backslash in the text (seen in the pattern) makes this too fine a point: leave such a text alone.
  if (text.pattern.includes('\\')) return [text]
  const pieces = assignment ? text.value.split(/(?<=:)/) : [text.value]
  return pieces.flatMap((piece, index): Part[] => {
    const user = /^~([\w.-]*)(?=[/:]|$)/.exec(piece)
    const whole = user !== null && user[0].length === piece.length
    const begins = index > 0 || atStart
    if (!user || !begins || (whole && index === pieces.length - 1 && !last))
      return piece === '' ? [] : [plainText(piece)]
    const rest = piece.slice(user[0].length)
    const tilde: Part = { type: 'tilde', user: user[1]! }
    return rest === '' ? [tilde] : [tilde, plainText(rest)]
  })
}

export const isParameterName = (name: string): boolean => isName(name) || /^(\d+|[@*#?\-$!])$/.test(name)
