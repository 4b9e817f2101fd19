import { RESIDENT } from '../../kernel/spawn.ts'
import { RegularExpressionError } from '../../text/regular-expression.ts'
import type { Call } from '../call.ts'
import { tool } from '../tool.ts'
import { EMPTY, fresh } from './machine/fresh.ts'
import { runAwk } from './machine/run.ts'
import type { Awk } from './machine/state.ts'
import { prepare } from './prepare.ts'
import { AwkProblem } from './problem.ts'
import { USAGE } from './usage.ts'

/** About what an element of an array takes. */
const ELEMENT = 128

/** Arrays count against the memory limit. */
function account({ kernel, process, data }: Call<Awk>): void {
  let elements = 0
  for (const array of data.arrays.values()) elements += array.size
  const bytes = RESIDENT + elements * ELEMENT
  if (Math.abs(bytes - process.memory) >= 65_536) kernel.allocate(process, bytes)
}

/** What is told of a problem; nothing: it has been told already. */
function wordsOf(awk: Awk, error: unknown): string {
  if (error instanceof RegularExpressionError) return `bad regex '${error.source}': ${error.words}`
  if (!(error instanceof AwkProblem)) throw error
  const { places } = awk.program
  const place = places[awk.pc - 1] ?? places[0]
  return error.words === '' || place === undefined ? error.words : `${place}: ${error.words}`
}

export const awk = tool<Awk>({
  name: 'awk',
  short: 'F:v:f:e:',
  mixed: false,
  usage: USAGE,
  data: fresh,
  run(call) {
    try {
      if (call.data.program === EMPTY && !prepare(call)) return 1
      runAwk(call)
      account(call)
      return undefined
    } catch (error) {
      const words = wordsOf(call.data, error)
      if (words !== '') call.fail(words)
      call.finish(1)
      return undefined
    }
  },
})
