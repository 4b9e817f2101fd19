import { AwkProblem } from './problem.ts'

export interface Token {
  readonly type: 'number' | 'string' | 'regex' | 'name' | 'call' | 'operator' | 'newline' | 'end'
  readonly text: string
}

const OPERATORS = [
  ...['**=', '+=', '-=', '*=', '/=', '%=', '^=', '**', '==', '<=', '>=', '!=', '&&', '||', '++', '--', '>>', '!~'],
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ';',
    ',',
    '+',
    '-',
    '*',
    '/',
    '%',
    '^',
    '!',
    '<',
    '>',
    '|',
    '?',
    ':',
    '~',
    '$',
    '=',
  ],
]

/** Tokens after which a slash divides. */
const ENDS_OPERAND = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.type === 'number' ||
    token.type === 'string' ||
    token.type === 'regex' ||
    token.type === 'name' ||
    token.text === ')' ||
    token.text === ']' ||
    token.text === '$' ||
    token.text === '++' ||
    token.text === '--')

const KEYWORDS_BEFORE_OPERAND = new Set(['return', 'print', 'printf', 'in', 'getline', 'delete', 'else', 'do'])

export function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < source.length; ) {
    const [token, length] = scan(source, at, tokens.at(-1))
    if (token) tokens.push(token)
    at += length
  }
  tokens.push({ type: 'newline', text: '\n' }, { type: 'end', text: '' })
  return tokens
}

function match(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? ''
}

const BLANK = /(?:[ \t\r]|\\\r?\n|#[^\n]*)+/y
const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y
const NAME = /[A-Za-z_]\w*/y

function scan(source: string, at: number, last: Token | undefined): [Token | undefined, number] {
  const blank = match(BLANK, source, at)
  if (blank !== '') return [undefined, blank.length]
  const char = source[at]!
  if (char === '\n') return [{ type: 'newline', text: char }, 1]
  if (char === '"') return string(source, at)
  const number = match(NUMBER, source, at)
  if (number !== '') return [{ type: 'number', text: number }, number.length]
  const name = match(NAME, source, at)
  if (name !== '') return [{ type: source[at + name.length] === '(' ? 'call' : 'name', text: name }, name.length]
  const operand = ENDS_OPERAND(last) && !(last?.type === 'name' && KEYWORDS_BEFORE_OPERAND.has(last.text))
  if (char === '/' && !operand) return regex(source, at)
  const operator = OPERATORS.find((candidate) => source.startsWith(candidate, at))
  if (!operator) throw new AwkProblem(`unexpected token near '${source.slice(at, at + 10).split('\n')[0]}'`)
  return [{ type: 'operator', text: operator === '**' ? '^' : operator === '**=' ? '^=' : operator }, operator.length]
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '/': '/',
  '\\': '\\',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** Takes the escapes of a string out; an unknown one keeps its backslash. */
export function unescapeString(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (whole, octal: string | undefined, letter: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255)
    return letter === '\n' ? '' : (ESCAPES[letter] ?? whole)
  })
}

function string(source: string, at: number): [Token, number] {
  let end = at + 1
  while (end < source.length && source[end] !== '"' && source[end] !== '\n') end += source[end] === '\\' ? 2 : 1
  if (source[end] !== '"') throw new AwkProblem('unexpected end of string')
  return [{ type: 'string', text: unescapeString(source.slice(at + 1, end)) }, end + 1 - at]
}

function regex(source: string, at: number): [Token, number] {
  let end = at + 1
  let bracket = false
  while (end < source.length && source[end] !== '\n' && (bracket || source[end] !== '/')) {
    if (source[end] === '\\') end++
    else if (source[end] === '[') {
      bracket = true
      if (source[end + 1] === '^') end++
      if (source[end + 1] === ']') end++
    } else if (source[end] === ']') bracket = false
    end++
  }
  if (source[end] !== '/') throw new AwkProblem('unexpected end of regular expression')
  return [{ type: 'regex', text: source.slice(at + 1, end).replace(/\\\//g, '/') }, end + 1 - at]
}
