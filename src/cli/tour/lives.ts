import type { Instant } from '../../core/instant.ts'
import type { Entry } from '../../runtime/journal.ts'

type State = 'created' | 'running' | 'paused' | 'exited' | 'gone'

interface Change {
  readonly at: Instant
  /** From now on. */
  readonly state: State
  readonly mark?: string
}

/** A container from its creation to its removal. */
export interface Life {
  readonly name: string
  readonly changes: Change[]
  /** How it ended last, in words. */
  ending: string
}

/** What an event of a container changes, and how it is marked. */
const STATES: Readonly<Record<string, readonly [State | undefined, string?]>> = {
  'container.create': ['created'],
  'container.start': ['running', '▶'],
  'container.pause': ['paused'],
  'container.unpause': ['running'],
  'container.kill': [undefined, '↯'],
  'container.die': ['exited', '■'],
  'container.destroy': ['gone'],
}

/** What of the events a life is made of. */
interface Told {
  readonly type: string
  readonly id?: string
  readonly container?: { readonly id: string; readonly name: string }
  readonly exitCode?: number
}

/** The containers of a journal in the order in which they were made. */
export function lives(entries: readonly Entry[]): Life[] {
  const all = new Map<string, Life>()
  for (const entry of entries) if (entry.kind === 'event') take(all, entry.at, entry.event as Told)
  return [...all.values()]
}

function take(all: Map<string, Life>, at: Instant, { type, id, container, exitCode }: Told): void {
  const [state, mark] = STATES[type] ?? []
  if (type === 'container.create' && container)
    all.set(container.id, { name: container.name, changes: [{ at, state: 'created' }], ending: '' })
  const life = all.get(id ?? '')
  if (!life || !STATES[type]) return
  life.changes.push({ at, state: state ?? life.changes.at(-1)!.state, ...(mark ? { mark } : {}) })
  if (type === 'container.die') life.ending = `exit ${exitCode}`
}
