import type { Evolution } from '../core/decider.ts'
import { clearTimer, setTimer, type TimerEvents, type Timers } from '../core/timers.ts'
import type { EngineCommand } from './commands.ts'
import type { EngineEvents } from './events.ts'

export const timersEvolution: Evolution<Timers<EngineCommand>, TimerEvents<EngineCommand>, EngineEvents> = {
  'timer.set': (timers, { key, due, command }) => setTimer(timers, { key, at: due, command }),
  'timer.clear': (timers, { key }) => clearTimer(timers, key),
}
