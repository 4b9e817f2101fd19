import { AwkProblem } from '../problem.ts'
import { unescapeString } from './escapes.ts'
import type { Token } from './token.ts'
import { BUILTINS, KEYWORDS } from './words.ts'

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
/** The second names of the power. */
const SYNONYMS: Readonly<Record<string, string>> = { '**': '^', '**=': '^=' }

const BLANK = /(?:[ \t\r]|\\\r?\n|#[^\n]*)+/y
const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y
const NAME = /[A-Za-z_]\w*/y
const STRING = /"((?:[^"\\\n]|\\[\s\S])*)"/y
/** A slash in brackets ends it too. */
const REGEX = /\/((?:[^/\\\n]|\\[^\n])*)\//y

/** Reads one token after the other. Only the grammar knows whether a slash divides or begins a regular expression. */
export class Lexer {
  readonly #source: string
  #at = 0
  #line = 1
  /** Where the current token begins. */
  #start = 0
  /** The token that the grammar looks at. */
  token: Token

  constructor(source: string) {
    this.#source = source
    this.token = this.#scan()
  }

  advance(): void {
    this.token = this.#scan()
  }

  /** A place to come back to. */
  mark(): () => void {
    const [at, line, start, token] = [this.#at, this.#line, this.#start, this.token]
    return () => {
      ;[this.#at, this.#line, this.#start, this.token] = [at, line, start, token]
    }
  }

  /** Where an operand is wanted, a slash begins a regular expression: its source. */
  regex(): string {
    const found = match(REGEX, this.#source, this.#start)
    if (!found) throw new AwkProblem('Unexpected end of string', this.#line)
    this.#at = this.#start + found[0].length
    this.advance()
    return found[1]!.replaceAll('\\/', '/')
  }

  /** In the list of `print`, what begins with `|` or `>` redirects. */
  redirection(): '>>' | '>' | '|' | undefined {
    if (this.token.type !== 'operator') return undefined
    const sign = /^(?:>>|>|\|)/.exec(this.token.text)?.[0] as '>>' | '>' | '|' | undefined
    if (sign === undefined) return undefined
    this.#at = this.#start + sign.length
    this.advance()
    return sign
  }

  #scan(): Token {
    this.#skip(match(BLANK, this.#source, this.#at)?.[0] ?? '')
    this.#start = this.#at
    const line = this.#line
    const char = this.#source[this.#at]
    if (char === undefined) return { type: 'end', text: '', line }
    if (char === '\n') {
      this.#skip(char)
      return { type: 'newline', text: char, line }
    }
    return { ...this.#word(char), line }
  }

  #skip(text: string): string {
    this.#at += text.length
    for (const char of text) if (char === '\n') this.#line++
    return text
  }

  #word(char: string): Omit<Token, 'line'> {
    if (char === '"') return this.#string()
    const number = match(NUMBER, this.#source, this.#at)?.[0]
    if (number !== undefined) return this.#number(number)
    const name = match(NAME, this.#source, this.#at)?.[0]
    if (name !== undefined) return this.#name(name)
    const text = OPERATORS.find((candidate) => this.#source.startsWith(candidate, this.#at))
    if (text === undefined) throw new AwkProblem('Unexpected token', this.#line)
    this.#at += text.length
    return { type: 'operator', text: SYNONYMS[text] ?? text }
  }

  #string(): Omit<Token, 'line'> {
    const found = match(STRING, this.#source, this.#at)
    if (!found) throw new AwkProblem('Unexpected end of string', this.#line)
    this.#skip(found[0])
    return { type: 'string', text: unescapeString(found[1]!) }
  }

  #number(text: string): Omit<Token, 'line'> {
    this.#at += text.length
    if (this.#source[this.#at] === '.') throw new AwkProblem('Unexpected token', this.#line)
    return { type: 'number', text }
  }

  #name(text: string): Omit<Token, 'line'> {
    this.#at += text.length
    if (KEYWORDS.has(text)) return { type: 'keyword', text }
    if (Object.hasOwn(BUILTINS, text)) return { type: 'builtin', text }
    return { type: this.#source[this.#at] === '(' ? 'call' : 'name', text }
  }
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(source)
}
