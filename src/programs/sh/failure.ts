/** An error of the shell: it says `words` and ends a script with `status`. */
export class Failure {
  readonly words: string
  readonly status: number
  constructor(words: string, status = 2) {
    this.words = words
    this.status = status
  }
}
