import type { Call } from '../../call.ts'
import { close } from './close.ts'
import { step } from './instructions/index.ts'
import { begin } from './phases.ts'
import type { Awk } from './state.ts'

/** Instructions of one step of the machine. */
const BUDGET = 64
/** So many pieces of output are handed on before more is made. */
const OUTPUT_LIMIT = 256

/** Goes on until there is something to wait for. */
export function runAwk(call: Call<Awk>): void {
  const awk = call.data
  for (let budget = BUDGET; budget > 0; budget--) {
    if (awk.phase === 'done') return finish(call)
    const busy = awk.piece >= 0 ? step(call, awk.program.code[awk.pc]!) : begin(call)
    if (!busy) return
    if (call.frame.out.length > OUTPUT_LIMIT) break
  }
  call.pause({ type: 'run' })
}

/** Commands that were printed to run now. */
function finish(call: Call<Awk>): void {
  const awk = call.data
  for (const name of [...awk.pipes.keys(), ...awk.commands.keys()]) if (close(call, name) === undefined) return
  call.finish(awk.exitCode || call.frame.code)
}
