/** What ends an awk program: an error in it, or in what it does. */
export class AwkProblem {
  readonly words: string
  constructor(words: string) {
    this.words = words
  }
}
