import { PAUSE, type Program, RUN } from '../kernel/program.ts'
import { RESIDENT } from '../kernel/spawn.ts'
import { exitShell, failureOf, raiseFailure } from './run/exit.ts'
import { handleSignal, handles } from './run/signals.ts'
import { runFrame } from './run/step.ts'
import type { Session } from './session.ts'
import type { Shell, ShellBuild } from './shell.ts'
import { startShell } from './start.ts'

/** How much one step of the machine does. */
const FRAMES_A_STEP = 64

/**
 * A busybox shell as it was compiled; the official images' says nothing of itself.
 * @example shell('sh', { banner: 'BusyBox v1.35.0 (Debian 1:1.35.0-4) built-in shell (ash)', asksCursor: true })
 */
export const shell = (name: string, build: ShellBuild = { banner: '', asksCursor: false }): Program<Shell> => ({
  name,
  init: (process, kernel) => startShell(kernel, process, build),
  onSignal: (_process, frame, signal) => handles(frame, signal),
  step(kernel, process, frame) {
    const session: Session = { kernel, process, shell: frame }
    for (let budget = FRAMES_A_STEP; budget > 0; budget--) {
      const wait = work(session)
      kernel.charge(process, 1)
      // Taken for another program, or killed.
      if (!process.dead && process.frame === frame) account(session)
      if (process.dead) return PAUSE
      if (wait) return wait
    }
    return RUN
  },
})

/** What the variables hold counts against the memory limit. */
function account({ kernel, process, shell }: Session): void {
  const bytes = RESIDENT + Math.max(0, shell.held)
  if (bytes !== process.memory) kernel.allocate(process, bytes)
}

function work(session: Session) {
  const { shell } = session
  if (handleSignal(session)) return undefined
  const top = shell.frames.at(-1)
  if (!top) return exitShell(session, shell.status)
  try {
    return runFrame(session, top)
  } catch (error) {
    return raiseFailure(session, failureOf(error))
  }
}

/** The POSIX shell of busybox, by both of its names. */
export const sh = shell('sh')
export const ash = shell('ash')
/** Where people call it bash, it is this one all the same. */
export const bash = shell('bash')
