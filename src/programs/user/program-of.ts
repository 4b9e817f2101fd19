import type { Program } from '../kernel/program.ts'
import { type Stage, stages } from './stages.ts'
import { type Behaviour, userProgram } from './user-program.ts'

/**
 * A program of the user's, for `Catalog.with([], [[path, programOf(path, …)]])`: a generator function that yields system calls, or stages.
 * @example
 * catalog.with([], [['/usr/bin/api', programOf('/usr/bin/api', [{ print: 'ready', listen: 80 }])]])
 */
export const programOf = (path: string, behaviour: Behaviour | readonly Stage[]): Program =>
  userProgram(path.slice(path.lastIndexOf('/') + 1), typeof behaviour === 'function' ? behaviour : stages(behaviour))
