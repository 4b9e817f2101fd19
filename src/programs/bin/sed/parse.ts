import { escapeAt } from '../../text/escapes.ts'
import { type Address, type Command, ScriptProblem, type Substitution } from './script.ts'

type Draft = { -readonly [K in keyof Command]: Command[K] }

interface Parser {
  readonly source: string
  at: number
  readonly commands: Draft[]
  readonly blocks: number[]
}

/** Reads a script; several `-e` are joined by newlines before. */
export function parseScript(source: string): readonly Command[] {
  const parser: Parser = { source, at: 0, commands: [], blocks: [] }
  while ((skip(parser, /[\s;]*/y), parser.at < source.length)) command(parser)
  // What was not closed ends with the script.
  for (const open of parser.blocks) parser.commands[open]!.target = parser.commands.length
  for (const each of parser.commands) resolve(parser, each)
  return parser.commands
}

function skip(parser: Parser, pattern: RegExp): string {
  pattern.lastIndex = parser.at
  const found = pattern.exec(parser.source)?.[0] ?? ''
  parser.at += found.length
  return found
}

/** Labels become places. */
function resolve({ commands }: Parser, each: Draft): void {
  if (!'btT'.includes(each.name)) return
  if (each.text === '') {
    each.target = commands.length
    return
  }
  const place = commands.findIndex(({ name, text }) => name === ':' && text === each.text)
  if (place < 0) throw new ScriptProblem(`can't find label for jump to '${each.text}'`)
  each.target = place
}

function command(parser: Parser): void {
  if (parser.source[parser.at] === '#') {
    skip(parser, /[^\n]*/y)
    return
  }
  const from = address(parser)
  let to: Address | undefined
  if (from && skip(parser, /\s*,\s*/y) !== '') {
    to = endAddress(parser)
    if (!to) throw new ScriptProblem('unexpected ,')
  }
  const negated = /!/.test(skip(parser, /[\s!]*/y))
  const name = parser.source[parser.at++]
  if (name === undefined) throw new ScriptProblem('missing command')
  const draft: Draft = { name, from, to, negated, text: '', target: 0, substitution: undefined, code: 0 }
  if (name === '}' && from) throw new ScriptProblem('unexpected }')
  body(parser, draft)
}

function address(parser: Parser): Address | undefined {
  const { source } = parser
  const digits = skip(parser, /\d+/y)
  if (digits !== '') {
    const step = /^~(\d+)/.exec(source.slice(parser.at))
    if (!step) return { type: 'line', line: Number(digits) }
    parser.at += step[0].length
    return { type: 'step', first: Number(digits), step: Number(step[1]) }
  }
  const char = source[parser.at]
  if (char === '$') {
    parser.at++
    return { type: 'last' }
  }
  if (char !== '/' && char !== '\\') return undefined
  parser.at++
  const delimiter = char === '/' ? '/' : source[parser.at++]!
  const expression = until(parser, delimiter, true)
  if (expression === undefined) throw new ScriptProblem("unmatched '/'")
  return { type: 'match', source: expression, ignoreCase: skip(parser, /I/y) !== '' }
}

function endAddress(parser: Parser): Address | undefined {
  const sign = skip(parser, /[+~](?=\d)/y)
  if (sign === '') return address(parser)
  const number = Number(skip(parser, /\d+/y))
  return sign === '+' ? { type: 'more', lines: number } : { type: 'multiple', of: number }
}

/** Up to the delimiter, which a backslash makes ordinary. In an expression, brackets hide it. */
function until(parser: Parser, delimiter: string, expression: boolean): string | undefined {
  const { source } = parser
  let text = ''
  let bracket = -1
  while (parser.at < source.length) {
    const char = source[parser.at++]!
    if (bracket >= 0) {
      text += char
      if (char === ']' && parser.at - 1 > bracket) bracket = -1
      continue
    }
    if (char === delimiter) return text
    if (char === '\\') {
      const next = source[parser.at++]
      if (next === undefined) return undefined
      if (next === delimiter) text += expression && /[.*[\]^$+?(){}|]/.test(next) ? `\\${next}` : next
      else text += `\\${next}`
      continue
    }
    if (expression && char === '[') {
      bracket = parser.at
      if (source[bracket] === '^') bracket++
    }
    text += char
  }
  return undefined
}

function body(parser: Parser, draft: Draft): void {
  const { commands, blocks } = parser
  switch (draft.name) {
    case '{':
      blocks.push(commands.length)
      break
    case '}': {
      const open = blocks.pop()
      if (open !== undefined) commands[open]!.target = commands.length
      break
    }
    case 'a':
    case 'i':
    case 'c':
      draft.text = inserted(parser)
      commands.push(draft)
      return
    case ':':
    case 'b':
    case 't':
    case 'T':
      draft.text = skip(parser, draft.name === ':' ? /[ \t]*[^\s;]*/y : /[ \t]*[^\s;}]*/y).trim()
      break
    case 'r':
    case 'R':
    case 'w':
    case 'W':
      draft.text = skip(parser, /[^\n]*/y).trim()
      break
    case 's':
      draft.substitution = substitution(parser)
      break
    case 'y':
      draft.text = transliteration(parser)
      break
    case 'q':
    case 'Q':
      draft.code = Number(skip(parser, /[ \t]*\d*/y).trim() || 0)
      break
    default:
      if (!'=dDgGhHlnNpPxF'.includes(draft.name)) throw new ScriptProblem(`unsupported command ${draft.name}`)
  }
  commands.push(draft)
  end(parser, draft.name)
}

/** Behind a command: a separator, or the brace that closes its block. */
function end(parser: Parser, name: string): void {
  skip(parser, /[ \t]*/y)
  const next = parser.source[parser.at]
  if (next === undefined || ';\n}#'.includes(next) || name === '{') return
  throw new ScriptProblem('extra characters after command')
}

/** `a\` and the text on the next lines, or GNU's `a text`. */
function inserted(parser: Parser): string {
  skip(parser, /[ \t]*/y)
  if (parser.source[parser.at] === '\\') {
    parser.at++
    skip(parser, /[ \t]*\n/y)
  }
  if (parser.at >= parser.source.length) throw new ScriptProblem("expected \\ after 'a', 'c' or 'i'")
  let text = ''
  while (parser.at < parser.source.length) {
    const char = parser.source[parser.at++]!
    if (char === '\n') break
    if (char !== '\\') {
      text += char
      continue
    }
    const next = parser.source[parser.at++]
    if (next !== undefined) text += next === 't' ? '\t' : next
  }
  return `${text}\n`
}

function substitution(parser: Parser): Substitution {
  const delimiter = parser.source[parser.at++]
  const source = delimiter === undefined ? undefined : until(parser, delimiter, true)
  const replacement = source === undefined ? undefined : until(parser, delimiter!, false)
  if (source === undefined || replacement === undefined) throw new ScriptProblem("unmatched '/'")
  const flags = skip(parser, /[gpiImMe\d]*/y)
  const writes = skip(parser, /w[ \t]*/y)
  return {
    source,
    replacement,
    global: flags.includes('g'),
    ignoreCase: /i/i.test(flags),
    print: flags.includes('p'),
    number: flags.includes('g') ? 1 : Number(/\d+/.exec(flags)?.[0] ?? 1),
    file: writes === '' ? undefined : skip(parser, /[^\n]*/y).trim(),
  }
}

/** Pairs of characters, one after the other. */
function transliteration(parser: Parser): string {
  const delimiter = parser.source[parser.at++] ?? ''
  const parts = [until(parser, delimiter, false), until(parser, delimiter, false)]
  const [from, to] = parts.map((part) => (part === undefined ? [] : characters(part)))
  if (!from || !to || parts.includes(undefined) || from.length !== to.length)
    throw new ScriptProblem("strings for 'y' command are different lengths")
  return from.map((char, index) => char + to[index]!).join('')
}

function characters(text: string): string[] {
  const list: string[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\') list.push(text[at]!)
    else {
      const found = escapeAt(text, at + 1)
      list.push(found.length > 0 ? found.text : text[at + 1]!)
      at += Math.max(1, found.length)
    }
  }
  return list
}
