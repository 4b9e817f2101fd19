import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import type { Shell } from './shell.ts'

/** One step of a shell: the machine, the process, and what the shell knows. */
export interface Session {
  readonly kernel: Kernel
  readonly process: Process
  readonly shell: Shell
}
