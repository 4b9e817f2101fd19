import type { EngineEffect, ProcessSpec } from '../../engine/effects.ts'
import type { Machine, SpawnSpec } from '../../programs/machine.ts'

export type InProcess = Extract<EngineEffect, { kind: 'exec' | 'signal' | 'freeze' | 'feed' | 'resize' }>

/** Does an effect that concerns the processes of one machine. */
export function apply(machine: Machine, effect: InProcess): void {
  switch (effect.kind) {
    case 'exec':
      machine.spawn(spawnSpec(effect.process, effect.id))
      return
    case 'signal': {
      const target = effect.process === 'main' ? 'main' : pidOf(machine, effect.process)
      if (target !== undefined) machine.signal(target, effect.signal)
      return
    }
    case 'freeze':
      return machine.freeze(effect.frozen)
    case 'feed':
      return effect.bytes ? machine.feed(effect.process, effect.bytes) : machine.hangup(effect.process)
    case 'resize':
      return machine.resize(effect.process, effect.columns, effect.rows)
  }
}

export function spawnSpec({ tty, ...process }: ProcessSpec, id: string): SpawnSpec {
  return { id, ...process, ...(tty ? { tty: { cols: tty.columns, rows: tty.rows } } : {}) }
}

/** The first process of an exec, while it lives. */
function pidOf(machine: Machine, id: string): number | undefined {
  for (const process of machine.kernel.processes.values()) if (process.id === id) return process.pid
  return undefined
}
