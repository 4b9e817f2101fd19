import type { Instant } from '../../core/instant.ts'
import type { Follow, Step } from '../../http/follow.ts'
import { frame } from '../../http/stdcopy.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { Container } from './container.ts'
import { readFrom } from './log.ts'
import type { LogEntry } from './log-entry.ts'
import { type LogForm, logDetails, logLine } from './log-line.ts'
import { logsNotReadable } from './stream-errors.ts'

/** What of the log is asked for. Both ends of the time are inclusive. */
export interface LogQuery {
  readonly stdout: boolean
  readonly stderr: boolean
  readonly follow: boolean
  readonly since: Instant | undefined
  readonly until: Instant | undefined
  /** How many of the last entries, of both streams together. */
  readonly tail: number | undefined
  readonly timestamps: boolean
  readonly details: boolean
}

/** How many entries were read so far. */
interface Reader {
  readonly read: number
}

/** The log of a container as a long answer. It ends when the container does, or at once if nobody wants to follow. */
export function logs(
  state: EngineState,
  container: Container,
  query: LogQuery,
): Follow<EngineState, EngineEvent, Reader> {
  if (container.hostConfig.logConfig.type === 'none') throw logsNotReadable()
  const { id, config } = container
  const form: LogForm = { timestamps: query.timestamps, details: query.details ? logDetails(container) : undefined }
  const show = (entries: readonly LogEntry[]) =>
    entries
      .filter((entry) => wanted(entry, query))
      .map((entry) => (config.tty ? logLine(entry, form) : frame(entry.stream, logLine(entry, form))))
  const following = query.follow && container.flags.pid > 0
  const over = ({ now }: EngineState) => query.until !== undefined && now > query.until
  const read = (from: number, at: EngineState, done: boolean): Step<Reader> => {
    const { entries, next } = readFrom(at.containers.logs.get(id), from)
    const step = { acc: { read: next }, chunks: show(entries), done: done || over(at) }
    return query.until === undefined ? step : { ...step, wakeAt: query.until + 1 }
  }
  const { next: length } = readFrom(state.containers.logs.get(id), 0)
  return {
    waits: following,
    seed: read(query.tail === undefined ? 0 : Math.max(0, length - query.tail), state, !following),
    step(acc, event, after) {
      if (event.type === 'clock.advance') return over(after) ? { acc, done: true } : keep(acc, query)
      if (!('id' in event) || event.id !== id) return keep(acc, query)
      return read(acc.read, after, event.type === 'container.die' || event.type === 'container.destroy')
    },
  }
}

const keep = (acc: Reader, { until }: LogQuery): Step<Reader> =>
  until === undefined ? { acc } : { acc, wakeAt: until + 1 }

function wanted({ stream, at }: LogEntry, { stdout, stderr, since, until }: LogQuery): boolean {
  if (stream === 1 ? !stdout : !stderr) return false
  return (since === undefined || at >= since) && (until === undefined || at <= until)
}
