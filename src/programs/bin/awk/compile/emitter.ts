import type { Instruction } from '../machine/code.ts'

type Patch = { -readonly [K in keyof Instruction]: Instruction[K] } & { to?: number }

/** Code that grows. Jumps forward are holes that are filled when their goal is known. */
export class Emitter {
  readonly code: Instruction[] = []
  readonly places: string[] = []
  /** The file and the line of what is translated now. */
  file = ''
  line = 0
  /** The parameters of the function that is translated now. */
  params: readonly string[] = []
  /** The loops around what is translated now. */
  readonly loops: { readonly breaks: number[]; readonly continues: number[] }[] = []
  /** How many range patterns there are. */
  ranges = 0
  /** Functions that are called, and in which line. */
  readonly called = new Map<string, number>()

  #place = ''

  at(line: number): void {
    this.line = line
    this.#place = `${this.file}:${line}`
  }

  get here(): number {
    return this.code.length
  }

  emit(instruction: Instruction): number {
    this.code.push(instruction)
    this.places.push(this.#place)
    return this.code.length - 1
  }

  /** A jump whose goal is not known yet. */
  hole(op: 'jump' | 'jump-if' | 'jump-unless' | 'jump-missing' | 'next-key'): number {
    return this.emit({ op, to: -1 })
  }

  fill(hole: number, to = this.here): void {
    ;(this.code[hole] as Patch).to = to
  }

  /** A name, and the place in the function's frame when it is a parameter (-1: it is none). */
  variable(name: string): { readonly name: string; readonly local: number } {
    return { name, local: this.params.indexOf(name) }
  }
}
