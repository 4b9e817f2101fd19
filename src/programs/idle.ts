import { PAUSE, type Program } from './kernel/program.ts'

/** A binary that nobody described: it stays up in silence until a signal ends it, and the journal says so. */
export const idle: Program<{ told: boolean }> = {
  name: 'idle',
  mortal: true,
  init: () => ({ told: false }),
  step(kernel, process, frame) {
    if (!frame.told) {
      frame.told = true
      kernel.notice(`${process.path} is not in the catalog of programs: it runs idle until a signal ends it`)
    }
    return PAUSE
  },
}
