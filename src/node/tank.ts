import type { Wavetank } from '../runtime/wavetank.ts'

/** What the doors of node need of a tank. */
export interface Tank extends Pick<Wavetank, 'serve' | 'kick' | 'intake'> {
  readonly clock: Pick<Wavetank['clock'], 'now'>
}
