/** What is wrong with a script, in ash's words, without the prefix. */
export class ScriptError {
  readonly words: string
  /** How many newlines were read before. */
  readonly line: number
  constructor(words: string, line: number) {
    this.words = words
    this.line = line
  }
}
