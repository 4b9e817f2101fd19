import type { Call } from '../../call.ts'
import type { Value } from '../machine/code.ts'
import type { Awk } from '../machine/state.ts'
import { toNumber, toText } from '../machine/values.ts'
import { textOf } from '../machine/variables.ts'

/** Results, the last one on top; undefined: the step ends with waiting, and the built-in is called again. */
export type Results = readonly Value[] | undefined

/** The built-in functions of one kind. */
export type Builtins = Readonly<Record<string, (args: Arguments) => Results | number | string>>

/** What a built-in is called with. */
export class Arguments {
  readonly call: Call<Awk>
  readonly values: readonly Value[]
  /** CONVFMT */
  readonly format: string

  constructor(call: Call<Awk>, values: readonly Value[]) {
    this.call = call
    this.values = values
    this.format = textOf(call.data, 'CONVFMT')
  }

  get awk(): Awk {
    return this.call.data
  }

  get count(): number {
    return this.values.length
  }

  text(index: number): string {
    return toText(this.values[index], this.format)
  }

  number(index: number): number {
    return toNumber(this.values[index])
  }
}
