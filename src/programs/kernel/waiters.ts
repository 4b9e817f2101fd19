import type { Process } from './process.ts'

/** A wait queue: who waits on an object, and with which of its waits. */
export interface Waiters {
  readonly queue: { readonly process: Process; readonly turn: number }[]
}

export const noWaiters = (): Waiters => ({ queue: [] })

export function enqueue(waiters: Waiters, process: Process): void {
  // Who left without being woken (a timeout, a signal) stays behind: sweep when that could have become many.
  if (waiters.queue.length >= 16) sweep(waiters)
  waiters.queue.push({ process, turn: process.turn })
}

function sweep({ queue }: Waiters): void {
  const alive = queue.filter(({ process, turn }) => !process.dead && process.turn === turn)
  queue.splice(0, queue.length, ...alive)
}

/** Takes all that wait still. */
export function dequeue(waiters: Waiters): Process[] {
  const { queue } = waiters
  if (queue.length === 0) return NONE
  const woken = queue
    .filter(({ process, turn }) => !process.dead && process.turn === turn)
    .map(({ process }) => process)
  queue.length = 0
  return woken
}

const NONE: Process[] = []
