import type { Instant } from '../../core/instant.ts'
import { SECOND } from '../../core/instant.ts'
import type { EngineState } from '../state.ts'
import type { Container } from './container.ts'

/** Whose consumption is asked for, and when. */
interface UsageSubject {
  readonly id: string
  /** Without the slash. */
  readonly name: string
  /** As the caller named it. */
  readonly image: string
  /** Since the last start. */
  readonly seconds: number
}

/** What a running container has consumed. Everything but `memory` and `processes` is counted from the start and only grows. */
export interface Usage {
  /** CPU time in seconds. */
  readonly cpu: number
  /** Bytes in use now. */
  readonly memory: number
  /** How many run now. */
  readonly processes: number
  /** Bytes. */
  readonly received: number
  readonly sent: number
  readonly read: number
  readonly written: number
}

/** A curve over time; what it does not say is the default. */
export type UsageCurve = (subject: UsageSubject) => Partial<Usage>

const MIB = 1024 * 1024

/** A quiet server: a little CPU, memory that breathes, a trickle on the network. */
function quiet(state: EngineState, { id }: Container, seconds: number): Usage {
  const execs = state.execs.byId.values().filter((exec) => exec.container === id && exec.running)
  const breath = Math.abs((Math.floor(seconds) % 20) - 10) / 10
  return {
    cpu: 0.04 + seconds * 0.0005,
    memory: Math.round((4 + breath) * MIB),
    processes: 1 + execs.length,
    received: 90 * Math.floor(seconds) + 290,
    sent: 42 * Math.floor(seconds) + 42,
    read: 0,
    written: 0,
  }
}

/** What the container has consumed until `now`; nothing where it does not run. */
export function usageOf(state: EngineState, container: Container, now: Instant): Usage | undefined {
  if (container.flags.pid === 0) return undefined
  const { id, name, config, flags } = container
  const seconds = (now - flags.startedAt) / SECOND
  return { ...quiet(state, container, seconds), ...state.host.usage?.({ id, name, image: config.image, seconds }) }
}
