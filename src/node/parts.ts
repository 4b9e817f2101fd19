/** What has come of a body. */
export class Parts {
  #parts: Uint8Array[] = []
  size = 0

  add(part: Uint8Array): void {
    this.#parts.push(part)
    this.size += part.length
  }

  /** All of it, in memory of its own: what node reads into is shared, and larger than what came. */
  take(): Uint8Array {
    const whole = new Uint8Array(this.size)
    let at = 0
    for (const part of this.#parts) {
      whole.set(part, at)
      at += part.length
    }
    this.#parts = []
    this.size = 0
    return whole
  }
}
