import type { Session } from './session.ts'

/** Text that costs as much as one step of the machine. */
const CHARACTERS_A_STEP = 128

/** Long texts take time: without this, a loop over them would hold the host up before its turn is over. */
export function charge({ kernel, process }: Session, characters: number): void {
  const steps = Math.floor(characters / CHARACTERS_A_STEP)
  process.steps += steps
  process.burst += steps
  kernel.crowd += steps
}
