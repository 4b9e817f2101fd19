import { Problem } from '../../core/problem.ts'
import type { Follow } from '../../http/follow.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { find } from './find.ts'

const CONDITIONS = ['not-running', 'next-exit', 'removed'] as const
export type WaitCondition = (typeof CONDITIONS)[number]

export function parseCondition(text: string): WaitCondition {
  if (text === '') return 'not-running'
  const known = CONDITIONS.find((condition) => condition === text)
  if (!known) throw new Problem('InvalidParameter', `invalid condition: ${JSON.stringify(text)}`)
  return known
}

/** The exit code, as soon as the condition holds; `tell` makes the last step of it. moby: State.Wait */
export function waitFor<Last extends object>(
  state: EngineState,
  ref: string,
  condition: WaitCondition,
  tell: (exitCode: number) => Last,
): Follow<EngineState, EngineEvent, number> {
  const { id, flags } = find(state, ref)
  const now = condition === 'not-running' && !flags.running
  return {
    waits: condition === 'not-running' ? true : 'patiently',
    seed: { acc: flags.exitCode, ...(now ? tell(flags.exitCode) : {}) },
    step(exitCode, event) {
      if (!('id' in event) || event.id !== id) return { acc: exitCode }
      if (event.type === 'container.destroy') return { acc: exitCode, ...tell(exitCode) }
      if (event.type === 'container.start_failed') return { acc: event.exitCode }
      if (event.type === 'container.start') return { acc: 0 }
      if (event.type !== 'container.die') return { acc: exitCode }
      return { acc: event.exitCode, ...(condition === 'removed' ? {} : tell(event.exitCode)) }
    },
  }
}
