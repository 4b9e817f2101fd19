import { Sequence } from '../../core/sequence.ts'

/** A line of `GET /events`, as moby's events.Message holds it. */
export interface Message {
  readonly type: string
  readonly action: string
  readonly id: string
  readonly attributes: Readonly<Record<string, string>>
  /** Microseconds. */
  readonly at: number
  /** Of the journal's event that it tells of. */
  readonly position: number
}

/** At least the last 256 messages, as moby keeps them: two halves, so that adding is O(1) and old ones fall away. */
export interface EventLog {
  readonly recent: Sequence<Message>
  readonly older: Sequence<Message>
}

const KEPT = 256

export const noMessages: EventLog = { recent: Sequence.empty, older: Sequence.empty }

export function addMessage({ recent, older }: EventLog, message: Message): EventLog {
  return recent.length < KEPT
    ? { recent: recent.append(message), older }
    : { recent: (Sequence.empty as Sequence<Message>).append(message), older: recent }
}

/** The last 256, oldest first. */
export function messages({ recent, older }: EventLog): readonly Message[] {
  return [...older, ...recent].slice(-KEPT)
}
