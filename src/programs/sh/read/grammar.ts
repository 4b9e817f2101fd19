import { isSpecialBuiltin } from '../special.ts'
import { readHeredocs, unquoteDelimiter } from './heredoc.ts'
import { enter, leave, type Reader, refuse } from './reader.ts'
import { COMMAND, type Expect, endsAlias, noteCommandWord, readToken, unexpected } from './token.ts'
import { isName, LIST_ENDS } from './tokens.ts'

const AFTER_NOT: Expect = { keywords: true, aliases: true }

/**
 * The grammar of ash, as a recognizer: it finds where a complete command ends and says what is wrong in ash's words. The shape
 * and order of these functions follow ash's own, since the words depend on where it notices.
 *
 * @param mode 1: one line at the top level; 0: at least one command; 2: may be empty.
 * @returns false when there was nothing but the end of the input.
 */
export function list(reader: Reader, mode: 0 | 1 | 2): boolean {
  const top = mode === 1
  let mayEnd = mode === 2
  for (let any = false; ; any = true) {
    const token = readToken(reader, top ? AFTER_NOT : COMMAND)
    if (token === 'newline') {
      readHeredocs(reader)
      return true
    }
    reader.pushedBack = true
    if (token === 'end of file') {
      readHeredocs(reader)
      return any
    }
    if (mayEnd && LIST_ENDS.has(token)) return true
    mayEnd = !top
    andOr(reader)
    const after = readToken(reader)
    if (after === '&' || after === ';') continue
    reader.pushedBack = true
    if (after === 'newline' || after === 'end of file') continue
    if (top) unexpected(reader)
    return true
  }
}

function andOr(reader: Reader): void {
  for (;;) {
    pipeline(reader)
    const token = readToken(reader)
    if (token === '&&' || token === '||') continue
    reader.pushedBack = true
    return
  }
}

function pipeline(reader: Reader): void {
  const negated = readToken(reader, COMMAND) === '!'
  if (!negated) reader.pushedBack = true
  command(reader, negated ? AFTER_NOT : COMMAND)
  while (readToken(reader) === '|') command(reader, COMMAND)
  reader.pushedBack = true
}

function require(reader: Reader, token: string): void {
  if (readToken(reader, COMMAND) !== token) unexpected(reader, token)
}

function command(reader: Reader, expect: Expect): void {
  enter(reader)
  if (compound(reader, readToken(reader, expect))) {
    while (readToken(reader, AFTER_NOT) === 'redirection') redirection(reader)
    reader.pushedBack = true
  }
  leave(reader)
}

/** True when redirections may follow it. */
function compound(reader: Reader, token: string): boolean {
  switch (token) {
    case 'if':
      ifClause(reader)
      return true
    case 'while':
    case 'until':
      list(reader, 0)
      loopBody(reader)
      return true
    case 'for':
      forClause(reader)
      return true
    case 'case':
      caseClause(reader)
      return true
    case '(':
      // To bash, two of them begin arithmetic.
      if (reader.text[reader.pos] === '(') reader.edits.push({ at: reader.pos, remove: 0, insert: ' ' })
      list(reader, 0)
      require(reader, ')')
      return true
    case '{':
      list(reader, 0)
      require(reader, '}')
      return true
    case 'function':
    case 'word':
    case 'redirection':
      reader.pushedBack = true
      simple(reader)
      return false
    default:
      return unexpected(reader)
  }
}

function ifClause(reader: Reader): void {
  do {
    list(reader, 0)
    require(reader, 'then')
    list(reader, 0)
  } while (readToken(reader, COMMAND) === 'elif')
  if (reader.token === 'else') list(reader, 0)
  else reader.pushedBack = true
  require(reader, 'fi')
}

function loopBody(reader: Reader): void {
  require(reader, 'do')
  list(reader, 0)
  require(reader, 'done')
}

function forClause(reader: Reader): void {
  if (readToken(reader) !== 'word' || reader.quoted || !isName(reader.word)) refuse(reader, 'bad for loop variable')
  if (readToken(reader, COMMAND) === 'in') {
    while (readToken(reader) === 'word');
    if (reader.token !== 'newline' && reader.token !== ';') unexpected(reader)
  } else if (reader.token !== ';') reader.pushedBack = true
  loopBody(reader)
}

const PATTERN: Expect = { newlines: true, keywords: true }

function caseClause(reader: Reader): void {
  if (readToken(reader) !== 'word') unexpected(reader, 'word')
  if (readToken(reader, COMMAND) !== 'in') unexpected(reader, 'in')
  let token = readToken(reader, PATTERN)
  while (token !== 'esac') {
    if (token === '(') readToken(reader)
    while (readToken(reader) === '|') readToken(reader)
    if (reader.token !== ')') unexpected(reader, ')')
    list(reader, 2)
    token = readToken(reader, PATTERN)
    if (token === 'esac') return
    if (token !== ';;') unexpected(reader, ';;')
    token = readToken(reader, PATTERN)
  }
}

function redirection(reader: Reader): void {
  const operator = reader.word
  if (readToken(reader) !== 'word') unexpected(reader)
  if (operator.startsWith('<<'))
    reader.heredocs.push({ delimiter: unquoteDelimiter(reader.word), stripTabs: operator === '<<-' })
}

const isAssignment = (word: string) => /^[A-Za-z_][A-Za-z0-9_]*=/.test(word)
const ALIASES: Expect = { aliases: true }
const NOTHING: Expect = {}

function simple(reader: Reader): void {
  let words = 0
  let others = 0
  let brackets = false
  let follows = false
  for (;;) {
    const token = readToken(reader, words === 0 || follows ? ALIASES : NOTHING)
    follows = token === 'word' && endsAlias(reader)
    if (token === 'redirection') {
      others++
      redirection(reader)
    } else if (token === 'word') {
      if (reader.word === '[[') brackets = true
      if (reader.word === ']]') brackets = false
      if (words === 0 && isAssignment(reader.word)) others++
      else if (words++ === 0) noteCommandWord(reader)
    } else if (brackets && (token === '&&' || token === '||')) {
      reader.edits.push({ at: reader.tokenStart, remove: 2, insert: token === '&&' ? '-a' : '-o' })
    } else if (token === 'function') return functionClause(reader)
    else if (token === '(' && words === 1 && others === 0) return functionDefinition(reader, reader.word)
    else {
      reader.pushedBack = true
      return
    }
  }
}

function functionDefinition(reader: Reader, name: string): void {
  if (readToken(reader) !== ')') unexpected(reader, ')')
  checkName(reader, name)
  command(reader, COMMAND)
}

function checkName(reader: Reader, name: string): void {
  if (!isName(name) || isSpecialBuiltin(name)) refuse(reader, 'bad function name')
}

const FUNCTION_BODIES: ReadonlySet<string> = new Set(['{', 'if', 'case', 'until', 'while', 'for'])

/** `function name { …; }`, which ash took over from bash. */
function functionClause(reader: Reader): void {
  if (readToken(reader) !== 'word') unexpected(reader, 'word')
  const name = reader.word
  const token = readToken(reader, PATTERN)
  if (token === '(') return functionDefinition(reader, name)
  if (!FUNCTION_BODIES.has(token)) unexpected(reader)
  reader.pushedBack = true
  checkName(reader, name)
  command(reader, COMMAND)
}
