/**
 * A persistent list that grows at its end. Versions share one array: the newest one appends in place, an older one that
 * appends copies first, so that `append` is O(1) on the main line and forks never see each other.
 */
export class Sequence<T> {
  // biome-ignore lint/suspicious/noExplicitAny: one empty sequence serves every T
  static readonly empty: Sequence<any> = new Sequence([], 0)
  readonly length: number
  readonly #items: T[]

  private constructor(items: T[], length: number) {
    this.#items = items
    this.length = length
  }

  append(...items: readonly T[]): Sequence<T> {
    if (items.length === 0) return this
    const shared =
      this.length > 0 && this.#items.length === this.length ? this.#items : this.#items.slice(0, this.length)
    for (const item of items) shared.push(item)
    return new Sequence(shared, shared.length)
  }

  at(index: number): T | undefined {
    return index < this.length ? this.#items[index] : undefined
  }

  last(): T | undefined {
    return this.#items[this.length - 1]
  }

  slice(from = 0): T[] {
    return this.#items.slice(from, this.length)
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; i < this.length; i++) yield this.#items[i] as T
  }
}
