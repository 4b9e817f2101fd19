import type { Builtin } from './builtin.ts'
import { printed } from './output.ts'

/** Virtual time does not pass while programs compute, so there is nothing to tell. */
export const times: Builtin = (session) => printed(session, '0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n')
