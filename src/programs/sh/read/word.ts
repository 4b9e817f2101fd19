import { list } from './grammar.ts'
import { enter, leave, reader as nested, peek, type Reader, refuse } from './reader.ts'
import { readToken, unexpected } from './token.ts'
import { isDigit, isNameStart, isSpecial } from './tokens.ts'

const ENDS = ' \t\n();&|<>'

/** Reads the rest of a word; the character that ends it stays. */
export function scanWord(reader: Reader): void {
  for (;;) {
    const char = reader.text[reader.pos]
    if (char === undefined) reader.hitEnd = true
    if (char === undefined || ENDS.includes(char)) return
    scanOne(reader, false)
  }
}

/** One character, quotation or substitution. */
function scanOne(reader: Reader, inDouble: boolean): void {
  const char = reader.text[reader.pos++]
  switch (char) {
    case '\\':
      if (reader.text[reader.pos] !== '\n') reader.quoted = true
      if (reader.text[reader.pos] === undefined) reader.hitEnd = true
      else reader.pos++
      return
    case "'":
      if (inDouble) return
      reader.quoted = true
      return scanSingle(reader)
    case '"':
      reader.quoted = true
      return scanDouble(reader)
    case '`':
      return scanBackquote(reader)
    case '$':
      return scanDollar(reader, inDouble)
  }
}

function unterminated(reader: Reader, words: string): never {
  reader.pos = reader.text.length
  reader.hitEnd = true
  return refuse(reader, words)
}

function scanSingle(reader: Reader): void {
  const end = reader.text.indexOf("'", reader.pos)
  if (end < 0) return unterminated(reader, 'unterminated quoted string')
  reader.pos = end + 1
}

function scanDouble(reader: Reader): void {
  enter(reader)
  while (reader.text[reader.pos] !== '"') {
    if (reader.pos >= reader.text.length) return unterminated(reader, 'unterminated quoted string')
    scanOne(reader, true)
  }
  reader.pos++
  leave(reader)
}

function scanBackquote(reader: Reader): void {
  let inner = ''
  for (;;) {
    const char = reader.text[reader.pos++]
    if (char === '`') break
    const next = char === '\\' ? reader.text[reader.pos++] : ''
    if (char === undefined || next === undefined) return unterminated(reader, 'EOF in backquote substitution')
    inner += next === '`' || next === '$' || next === '\\' ? next : char + next
  }
  enter(reader)
  // What is left over after the list is ignored, as ash does.
  list(nested(inner, 0, reader.aliases, reader.depth), 2)
  leave(reader)
}

function scanDollar(reader: Reader, inDouble: boolean): void {
  const char = peek(reader)
  if (char === '(') return scanParenthesis(reader)
  if (char === '{') return scanBraced(reader, inDouble)
  if (char === "'" && !inDouble) return scanDollarSingle(reader)
  if (isNameStart(char)) while (/[A-Za-z0-9_]/.test(peek(reader) ?? '')) reader.pos++
  else if (isDigit(char) || isSpecial(char)) reader.pos++
}

function scanDollarSingle(reader: Reader): void {
  reader.pos++
  reader.quoted = true
  while (reader.text[reader.pos] !== "'") {
    if (reader.text[reader.pos] === '\\') reader.pos++
    if (reader.pos >= reader.text.length) return unterminated(reader, 'unterminated quoted string')
    reader.pos++
  }
  reader.pos++
}

function scanParenthesis(reader: Reader): void {
  reader.pos++
  if (peek(reader) === '(') scanArithmetic(reader)
  else scanCommands(reader)
}

/** Past the parenthesis of `$(`: the grammar finds the end, since a `)` may belong to the commands. */
export function scanCommands(reader: Reader): void {
  enter(reader)
  const inner: Reader = { ...reader, heredocs: [], expanding: [], pushedBack: false }
  try {
    list(inner, 2)
    if (readToken(inner) !== ')') unexpected(inner, ')')
  } finally {
    reader.hitEnd ||= inner.hitEnd
  }
  reader.text = inner.text
  reader.pos = inner.pos
  leave(reader)
}

function scanArithmetic(reader: Reader): void {
  enter(reader)
  reader.pos++
  for (let open = 0; ; ) {
    const char = peek(reader)
    if (char === undefined) return unterminated(reader, "missing '))'")
    if (char === ')') {
      if (open === 0 && reader.text[reader.pos + 1] === ')') break
      if (open > 0) open--
    }
    if (char === '(') open++
    if (char === '"') reader.pos++
    else scanOne(reader, true)
  }
  reader.pos += 2
  leave(reader)
}

/** From the brace of `${` to its end. What is wrong in it shows when it is expanded. */
function scanBraced(reader: Reader, inDouble: boolean): void {
  enter(reader)
  reader.pos++
  scanParameter(reader)
  const first = peek(reader)
  // After # and % quotes count even within double quotes.
  const plain = inDouble && first !== '#' && first !== '%'
  let innerDouble = false
  while (peek(reader) !== '}' || innerDouble) {
    if (reader.pos >= reader.text.length)
      return unterminated(reader, innerDouble || inDouble ? 'unterminated quoted string' : "missing '}'")
    if (plain && reader.text[reader.pos] === '"') {
      innerDouble = !innerDouble
      reader.pos++
    } else scanOne(reader, plain)
  }
  reader.pos++
  leave(reader)
}

function scanParameter(reader: Reader): void {
  if (reader.text[reader.pos] === '#' && reader.text[reader.pos + 1] !== '}') reader.pos++
  if (isSpecial(peek(reader))) reader.pos++
  else while (/[A-Za-z0-9_]/.test(peek(reader) ?? '')) reader.pos++
}
