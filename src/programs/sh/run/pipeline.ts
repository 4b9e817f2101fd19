import { devNull, type OpenFile } from '../../kernel/open-file.ts'
import type { Wait } from '../../kernel/program.ts'
import { SIGNALS } from '../../kernel/signals.ts'
import type { PipelineFrame } from '../frames.ts'
import { job } from '../jobs.ts'
import type { Session } from '../session.ts'
import type { Pipeline } from '../tree.ts'
import { enter } from './enter.ts'
import { enterFrames } from './enter-frames.ts'
import { failureOf, raiseFailure } from './exit.ts'
import { waitFor } from './foreground.ts'
import { forkShell, inherited } from './fork.ts'
import { pop, push } from './stack.ts'

export function runPipeline(session: Session, { node }: PipelineFrame): Wait | undefined {
  const { shell } = session
  pop(session)
  if (node.negated) push(shell, { type: 'tested', negate: true })
  if (node.commands.length === 1) return enter(session, node.commands[0]!)
  try {
    const controlled = shell.options.m === true
    const pids = startPipeline(session, node, { background: false })
    return waitFor(session, job(pids, controlled ? node.text : '', controlled))
  } catch (error) {
    return raiseFailure(session, failureOf(error))
  }
}

/** Starts all the processes of a pipeline and gives their ids. */
export function startPipeline(
  session: Session,
  { commands }: Pipeline,
  { background }: { background: boolean },
): number[] {
  const { kernel, process, shell } = session
  const controlled = shell.options.m === true
  const pids: number[] = []
  let input: OpenFile | undefined = background && !controlled ? devNull() : process.fds[0]
  const held: OpenFile[] = []
  const hold = (file: OpenFile) => {
    kernel.ref(file)
    held.push(file)
    return file
  }
  try {
    for (const [index, command] of commands.entries()) {
      const fds = inherited(process)
      fds[0] = input
      if (index < commands.length - 1) {
        const [reading, writing] = kernel.pipe()
        fds[1] = hold(writing)
        input = hold(reading)
      }
      const group = controlled ? { pgid: pids[0] ?? 0 } : {}
      const quiet =
        background && !controlled ? { ignored: new Set([...process.ignored, SIGNALS.INT, SIGNALS.QUIT]) } : {}
      pids.push(forkShell(session, enterFrames(command), { fds, ...group, ...quiet }).pid)
    }
  } finally {
    for (const file of held) kernel.unref(file)
  }
  return pids
}
