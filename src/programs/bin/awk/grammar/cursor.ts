import { Lexer } from '../lexer/lexer.ts'
import type { Token } from '../lexer/token.ts'
import { AwkProblem } from '../problem.ts'

const DEPTH_LIMIT = 200

/** Where the grammar stands in the program. */
export class Cursor {
  readonly lexer: Lexer
  /** In the list of `print`, `>` and `|` redirect. */
  printing = false
  #depth = 0

  constructor(source: string) {
    this.lexer = new Lexer(source)
  }

  get token(): Token {
    return this.lexer.token
  }

  is(text: string): boolean {
    return this.token.text === text && this.token.type !== 'string'
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false
    this.lexer.advance()
    return true
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected()
  }

  /** A name, which is gone past. */
  name(): string {
    const { type, text } = this.token
    if (type !== 'name' && type !== 'call') throw this.unexpected()
    this.lexer.advance()
    return text
  }

  unexpected(): AwkProblem {
    return new AwkProblem('Unexpected token', this.token.line)
  }

  newlines(): void {
    while (this.token.type === 'newline') this.lexer.advance()
  }

  endsStatement(): boolean {
    return this.is(';') || this.is('}') || this.token.type === 'newline' || this.token.type === 'end'
  }

  nested<T>(read: () => T): T {
    if (++this.#depth > DEPTH_LIMIT) throw new AwkProblem('program is nested too deeply', this.token.line)
    const result = read()
    this.#depth--
    return result
  }

  /** In parentheses and brackets nothing redirects. */
  enclosed<T>(end: string, read: () => T): T {
    const outer = this.printing
    this.printing = false
    const result = read()
    this.newlines()
    // The sign that ends it is followed by what the outside allows.
    this.printing = outer
    this.expect(end)
    return result
  }
}
