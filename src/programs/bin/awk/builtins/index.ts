import type { Call } from '../../call.ts'
import type { Value } from '../machine/code.ts'
import type { Awk } from '../machine/state.ts'
import { Arguments, type Builtins, type Results } from './arguments.ts'
import { BITS } from './bits.ts'
import { MATHEMATICS } from './mathematics.ts'
import { PROCESSES } from './processes.ts'
import { STRINGS } from './strings.ts'
import { SUBSTITUTION } from './substitution.ts'
import { TIME } from './time.ts'

const TABLE: Builtins = { ...STRINGS, ...SUBSTITUTION, ...MATHEMATICS, ...BITS, ...PROCESSES, ...TIME }

export function callBuiltin(call: Call<Awk>, name: string, values: readonly Value[]): Results {
  const result = TABLE[name]!(new Arguments(call, values))
  return typeof result === 'number' || typeof result === 'string' ? [result] : result
}
