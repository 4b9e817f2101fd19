/** What ends an awk program: an error in it, or in what it does. */
export class AwkProblem {
  /** Empty: it has been told already. */
  readonly words: string
  /** Of the program; undefined: the one that is being executed. */
  readonly line: number | undefined
  constructor(words: string, line?: number) {
    this.words = words
    this.line = line
  }
}
