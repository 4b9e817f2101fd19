/** A word, number, string or sign of a program. */
export interface Token {
  readonly type: 'number' | 'string' | 'name' | 'keyword' | 'builtin' | 'call' | 'operator' | 'newline' | 'end'
  /** A string with its escapes taken out; all else as it stands. */
  readonly text: string
  readonly line: number
}
