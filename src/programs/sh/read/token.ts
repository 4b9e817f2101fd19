import { readHeredocs } from './heredoc.ts'
import { peek, type Reader, refuse } from './reader.ts'
import { BASH_ONLY, KEYWORDS, spoken } from './tokens.ts'
import { scanCommands, scanWord } from './word.ts'

/** What the place in the grammar allows: newlines are skipped, keywords and aliases are looked for. */
export interface Expect {
  readonly newlines?: boolean
  readonly keywords?: boolean
  readonly aliases?: boolean
}

export const COMMAND: Expect = { newlines: true, keywords: true, aliases: true }
const ANYTHING: Expect = {}

/** A token that was pushed back is looked at again with what is expected now. */
export function readToken(reader: Reader, expect: Expect = ANYTHING): string {
  for (;;) {
    let token = nextToken(reader)
    while (expect.newlines && token === 'newline') {
      readHeredocs(reader)
      token = nextToken(reader)
    }
    if (token !== 'word' || reader.quoted) return token
    if (expect.keywords && KEYWORDS.has(reader.word)) {
      reader.token = reader.word
      return reader.token
    }
    if (!expect.aliases || !expandAlias(reader)) return token
  }
}

export function unexpected(reader: Reader, expected?: string): never {
  const expecting = expected === undefined ? '' : ` (expecting ${spoken(expected)})`
  return refuse(reader, `unexpected ${spoken(reader.token)}${expecting}`)
}

function nextToken(reader: Reader): string {
  if (reader.pushedBack) {
    reader.pushedBack = false
    return reader.token
  }
  reader.quoted = false
  reader.token = scanToken(reader)
  return reader.token
}

function scanToken(reader: Reader): string {
  skipBlanks(reader)
  reader.tokenStart = reader.pos
  const char = reader.text[reader.pos]
  const next = reader.text[reader.pos + 1]
  switch (char) {
    case undefined:
      return 'end of file'
    case '\n':
    case '(':
    case ')':
      reader.pos++
      return char === '\n' ? 'newline' : char
    case '&':
      return next === '>' ? scanRedirection(reader) : scanOperator(reader, char)
    case '|':
    case ';':
      return scanOperator(reader, char)
    case '<':
    case '>':
      return next === '(' ? scanWordToken(reader) : scanRedirection(reader)
  }
  return /^\d{1,9}[<>]/.test(reader.text.slice(reader.pos, reader.pos + 10))
    ? scanRedirection(reader)
    : scanWordToken(reader)
}

/** `&`, `|`, `;` or the same twice. */
function scanOperator(reader: Reader, char: string): string {
  reader.pos++
  if (peek(reader) !== char) return char
  reader.pos++
  return char + char
}

function skipBlanks(reader: Reader): void {
  for (;;) {
    const char = peek(reader)
    if (char === ' ' || char === '\t') reader.pos++
    else if (char === '#') {
      const end = reader.text.indexOf('\n', reader.pos)
      reader.pos = end < 0 ? reader.text.length : end
    } else return
  }
}

const isRedirection = (char: string | undefined) => char === '<' || char === '>'

function scanWordToken(reader: Reader): string {
  const { tokenStart } = reader
  if (isRedirection(reader.text[tokenStart])) {
    reader.pos += 2
    scanCommands(reader)
  }
  scanWord(reader)
  reader.word = reader.text.slice(tokenStart, reader.pos)
  // To bash `{fd}>f` is a redirection.
  if (isRedirection(reader.text[reader.pos]) && /^\{\w+\}$/.test(reader.word))
    reader.edits.push({ at: reader.pos, remove: 0, insert: ' ' })
  return 'word'
}

/** The operator, into `word`; what follows it is the grammar's to read. */
function scanRedirection(reader: Reader): string {
  while (!isRedirection(reader.text[reader.pos])) reader.pos++
  const char = reader.text[reader.pos++]!
  const next = peek(reader)
  let operator = char
  const follows = char === '<' ? '<&>' : '>&|'
  if (next !== undefined && follows.includes(next)) {
    reader.pos++
    operator += next
    if (operator === '<<' && peek(reader) === '-') {
      reader.pos++
      operator += '-'
    }
  }
  reader.word = operator
  return 'redirection'
}

/** Drops the aliases whose text is read. */
function forgetAliases({ expanding, text, tokenStart }: Reader): void {
  while (expanding.length > 0 && text.length - tokenStart <= expanding.at(-1)!.rest) expanding.pop()
}

/** An alias' text that ends in a blank makes the word after it an alias too. */
export function endsAlias(reader: Reader): boolean {
  const last = reader.expanding.at(-1)
  return last?.blank === true && /^[ \t]+$/.test(reader.text.slice(reader.pos, reader.text.length - last.rest))
}

/** Puts an alias' text in the place of its name; true when the text has to be read anew. */
function expandAlias(reader: Reader): boolean {
  const { word, tokenStart, expanding } = reader
  const rest = reader.text.length - reader.pos
  forgetAliases(reader)
  const value = reader.aliases.get(word)
  if (value === undefined || expanding.some(({ name }) => name === word)) return false
  expanding.push({ name: word, rest, blank: /[ \t]$/.test(value) })
  reader.text = reader.text.slice(0, tokenStart) + value + reader.text.slice(reader.pos)
  reader.pos = tokenStart
  return true
}

/** The word just read is the name of a command: what only bash knows shall be an ordinary word. */
export function noteCommandWord(reader: Reader): void {
  if (BASH_ONLY.has(reader.word)) reader.edits.push({ at: reader.tokenStart, remove: 0, insert: '\\' })
}
