/** What is wrong with the expression of find(1). */
export class FindProblem {
  readonly words: string
  constructor(words: string) {
    this.words = words
  }
}
