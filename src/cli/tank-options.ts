import type { ClockMode } from '../runtime/clock.ts'
import type { WavetankOptions } from '../runtime/wavetank.ts'
import { usageError } from './usage.ts'

/** For `parseArgs`: what every command that makes a tank takes. */
export const tankFlags = { seed: { type: 'string' }, clock: { type: 'string' } } as const

const MODES: readonly string[] = ['real', 'auto', 'manual'] satisfies ClockMode[]

export function tankOptions(flags: { seed?: string; clock?: string }, otherwise: ClockMode): WavetankOptions {
  const { seed, clock = otherwise } = flags
  if (!MODES.includes(clock)) throw usageError(`--clock is one of ${MODES.join(', ')}, not ${JSON.stringify(clock)}`)
  return { clock: clock as ClockMode, ...(seed === undefined ? {} : { seed }) }
}
