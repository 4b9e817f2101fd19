import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A member of a recorded tar; every tar of the recordings carries the same modification time. */
export interface TarMember {
  readonly name: string
  readonly type: string
  readonly mode: string
  readonly uid: number
  readonly gid: number
  readonly size: number
  readonly text?: string
  readonly link?: string
}

export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: {
    readonly json?: Json
    readonly text?: string
    readonly tar?: readonly TarMember[]
    readonly base64?: string
  }
  /** Seconds to wait and bytes (one per character) to send, in turns, after the head of the request. */
  readonly rawInput?: readonly (number | string)[]
  /** Whether the client ends its half of the connection after the last input. */
  readonly halfClose?: boolean
}

export interface RecordedResponse {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly json?: Json
  readonly text?: string
  readonly frames?: readonly (readonly [string, string])[]
  readonly tar?: readonly TarMember[]
  readonly base64?: string
  readonly bytes?: number
  /** When the head came, in ms after the request, where the body came later. */
  readonly headersAtMs?: number
  /** The recorder closed the connection: the answer had no end of its own. */
  readonly closedByClient?: boolean
}

export interface Recorded {
  /** Start order; the order of the lines is the order of completion. */
  readonly n: number
  readonly group: string
  readonly label: string
  readonly request: RecordedRequest
  readonly response: RecordedResponse
  /** From the first byte sent to the last one received. */
  readonly ms: number
}

/** One group of one engine's recording, in the order of completion, each exchange under its stable key. */
export interface Transcript {
  readonly engine: string
  readonly group: string
  readonly exchanges: readonly (Recorded & { readonly key: string })[]
}

const root = fileURLToPath(new URL('../../fixtures/transcripts/', import.meta.url))

export function readTranscript(engine: string, group: string, directory = root): Transcript {
  const lines = readFileSync(`${directory}/${engine}/${group}.jsonl`, 'utf8').trimEnd().split('\n')
  const recorded = lines.map((line) => JSON.parse(line) as Recorded)
  return { engine, group, exchanges: keyed(recorded) }
}

/** `label`, or `label#2` for its second occurrence: stable over engines and runs. */
function keyed(recorded: readonly Recorded[]): Transcript['exchanges'] {
  const seen = new Map<string, number>()
  const keys = new Map<Recorded, string>()
  for (const exchange of [...recorded].sort((a, b) => a.n - b.n)) {
    const count = (seen.get(exchange.label) ?? 0) + 1
    seen.set(exchange.label, count)
    keys.set(exchange, count === 1 ? exchange.label : `${exchange.label}#${count}`)
  }
  return recorded.map((exchange) => ({ ...exchange, key: keys.get(exchange)! }))
}

export const header = (headers: RecordedResponse['headers'], name: string): string | undefined =>
  headers.find(([key]) => key.toLowerCase() === name)?.[1]
