import type { EngineEvent } from '../events.ts'
import type { Container } from './container.ts'
import { parseSignal, SIGKILL, SIGTERM } from './signal.ts'

/** The signal that asks the container to stop. */
export function stopSignal({ config }: Container): number {
  return config.stopSignal === '' ? SIGTERM : parseSignal(config.stopSignal)
}

/**
 * A signal to a running container. One that is meant to end it also wakes it from a pause, and ends its restarts;
 * one that waits for a restart gets no signal, the restart is off. moby: Daemon.killWithSignal
 */
export function killEvents(container: Container, signal: number): readonly EngineEvent[] {
  const { id, flags, config } = container
  const ends = config.stopSignal === '' || signal === SIGKILL || signal === stopSignal(container)
  if (flags.restarting) return ends ? cancelRestart(container) : []
  const kill: EngineEvent = { type: 'container.kill', id, signal, ends }
  return ends && flags.paused ? [kill, { type: 'container.unpause', id }] : [kill]
}

export const restartTimer = (id: string) => `restart:${id}`
export const stopTimer = (id: string) => `stop:${id}`

export function cancelRestart({ id }: Container): readonly EngineEvent[] {
  return [
    { type: 'timer.clear', key: restartTimer(id) },
    { type: 'container.restart_cancel', id },
  ]
}
