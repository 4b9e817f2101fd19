/** What is wrong with an expression, in ash's words. */
export class ArithmeticError {
  readonly words: string
  constructor(words = 'arithmetic syntax error') {
    this.words = words
  }
}
