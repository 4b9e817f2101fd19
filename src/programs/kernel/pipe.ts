import { noWaiters, type Waiters } from './waiters.ts'

/** Linux's default capacity. */
const PIPE_CAPACITY = 65_536

/** A pipe's buffer. Both ends count the open files that point to them, not the descriptors. */
export interface Pipe {
  readonly queue: Uint8Array[]
  size: number
  readers: number
  writers: number
  readonly capacity: number
  /** A named pipe whose other end nobody opened so far: its end waits instead of finding the pipe broken. */
  lonely: boolean
  readonly canRead: Waiters
  readonly canWrite: Waiters
}

export const pipe = (capacity = PIPE_CAPACITY): Pipe => ({
  queue: [],
  size: 0,
  readers: 0,
  writers: 0,
  capacity,
  lonely: false,
  canRead: noWaiters(),
  canWrite: noWaiters(),
})

export const fifo = (): Pipe => ({ ...pipe(), lonely: true })

/** All who could write are gone, or there never was anybody. */
export const atEnd = (pipe: Pipe): boolean => pipe.writers <= 0 && !pipe.lonely
/** All who could read are gone. */
export const isBroken = (pipe: Pipe): boolean => pipe.readers <= 0 && !pipe.lonely

/** Counts both ends anew; true when a named pipe just got both. */
export function meet(pipe: Pipe): boolean {
  if (!pipe.lonely || pipe.readers === 0 || pipe.writers === 0) return false
  pipe.lonely = false
  return true
}

/** Up to `max` of the oldest bytes; undefined when there are none. */
export function take(from: { readonly queue: Uint8Array[]; size: number }, max: number): Uint8Array | undefined {
  let bytes = from.queue.shift()
  if (bytes === undefined) return undefined
  if (bytes.length > max) {
    from.queue.unshift(bytes.subarray(max))
    bytes = bytes.subarray(0, max)
  }
  from.size -= bytes.length
  return bytes
}
