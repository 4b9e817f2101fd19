import type { Table } from '../../core/table.ts'
import type { EngineEvolution } from '../verb.ts'
import type { Container, Containers } from './container.ts'
import type { ContainerFileEvents } from './file-events.ts'
import { noInput } from './input.ts'
import { appended, emptyLog, type Log } from './log.ts'
import type { LogEntry } from './log-entry.ts'
import { lastLines } from './partial-line.ts'
import type { ContainerStreamEvents } from './stream-events.ts'

export const streamEvolution: EngineEvolution<Containers, ContainerStreamEvents & ContainerFileEvents> = {
  'container.output': (slice, { id, stream, entries, rest }) => {
    const logs = entries.length === 0 ? slice.logs : append(slice, id, entries)
    const before = slice.partials.get(id)
    if (!rest && !before) return logs === slice.logs ? slice : { ...slice, logs }
    return { ...slice, logs, partials: slice.partials.set(id, { ...before, [stream]: rest }) }
  },
  'container.input': (slice, { id, bytes }) => {
    if (slice.byId.get(id)?.flags.pid) return slice
    return { ...slice, inputs: slice.inputs.set(id, (slice.inputs.get(id) ?? noInput).append(bytes)) }
  },
  'container.input_flush': (slice, { id }) => ({ ...slice, inputs: slice.inputs.delete(id) }),
  'container.attach': (slice) => slice,
  'container.detach': (slice) => slice,
  'container.resize': (slice) => slice,
  'container.health': (slice, { id, health }) => change(slice, id, { health }),
  'container.health_status': (slice) => slice,
  'container.probe_timeout': (slice) => slice,
  'container.archive-path': (slice) => slice,
  'container.extract-to-dir': (slice) => slice,
  'container.export': (slice) => slice,
  'container.copy': (slice) => slice,
  'container.ask_processes': (slice) => slice,
  'container.top': (slice) => slice,
  'container.exec_create': (slice, { id, exec }) =>
    change(slice, id, { execs: [exec.id, ...(slice.byId.get(id)?.execs ?? [])] }),
  'container.exec_die': (slice, { id, exec }) => withoutExec(slice, id, exec),
  'container.exec_failed': (slice, { id, exec }) => withoutExec(slice, id, exec),
}

function change(slice: Containers, id: string, by: Partial<Container>): Containers {
  const container = slice.byId.get(id)
  return container ? { ...slice, byId: slice.byId.set(id, { ...container, ...by }) } : slice
}

const withoutExec = (slice: Containers, id: string, exec: string) =>
  change(slice, id, { execs: (slice.byId.get(id)?.execs ?? []).filter((one) => one !== exec) })

function append({ logs, byId }: Containers, id: string, entries: readonly LogEntry[]): Table<Log> {
  const container = byId.get(id)
  return container ? logs.set(id, appended(logs.get(id) ?? emptyLog, entries, container.hostConfig.logConfig)) : logs
}

/** At the exit: the last lines have no newline. For the row of `container.die`. */
export function endStreams(slice: Containers, id: string, at: number): Containers {
  const entries = lastLines(slice.partials.get(id), at)
  return {
    ...change(slice, id, { execs: [] }),
    logs: entries.length === 0 ? slice.logs : append(slice, id, entries),
    partials: slice.partials.delete(id),
    inputs: slice.inputs.delete(id),
  }
}

/** At the removal. For the row of `container.destroy`. */
export function forgetStreams(slice: Containers, id: string): Containers {
  return {
    ...slice,
    logs: slice.logs.delete(id),
    partials: slice.partials.delete(id),
    inputs: slice.inputs.delete(id),
  }
}
