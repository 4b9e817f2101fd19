import type { Follow } from './follow.ts'

export type HeaderPairs = readonly (readonly [name: string, value: string])[]

/** A whole response as data. At most one of `json`, `text`, `bytes`; none is an empty body. */
export interface Answer {
  readonly status: number
  readonly headers?: HeaderPairs
  readonly json?: unknown
  readonly text?: string
  /** Sent one after the other, never joined. */
  readonly bytes?: readonly Uint8Array[]
}

/** Status and headers go out at once, the body is folded from later events. */
export interface Streamed<State, Command, Event> extends Head {
  readonly follow: Follow<State, Event>
  /** What follows when the reader leaves before the end. */
  readonly left?: Command
}

/** The head of a stream. */
export interface Head {
  readonly status: number
  readonly headers?: HeaderPairs
}

/** The answer is known only later: the whole of it (stop, restart, remove with force), or the head of a stream (pull, push). */
export interface Later<State, Command, Event> {
  readonly later: Follow<State, Event>
  /** What follows when the reader leaves before the end. */
  readonly left?: Command
}

/** The connection is taken over: bytes out are folded from events, bytes in become commands. */
export interface Hijacked<State, Command, Event> {
  readonly upgrade: Upgrade<State, Command, Event>
}

// biome-ignore lint/suspicious/noExplicitAny: the accumulator is private to each upgrade
export interface Upgrade<State, Command, Event, In = any> {
  /** `Content-Type` of the head, with and without `Connection: Upgrade`. */
  readonly contentType: { readonly upgraded: string; readonly plain: string }
  /** Both websockets: 101 with an accept key, and each chunk is a message; a binary one, unless it says text. */
  readonly protocol: 'tcp' | 'websocket' | 'websocket-text'
  readonly follow: Follow<State, Event>
  readonly input: {
    readonly seed: In
    /** The client may speak until its half-close: till then it waits patiently at most. */
    readonly open?: boolean
    /** Bytes from the client; `undefined` is its half-close. `done` closes the connection (detach keys). */
    step(acc: In, bytes: Uint8Array | undefined): { acc: In; commands?: readonly Command[]; done?: boolean }
  }
}

export type Reply<State, Command, Event> =
  | Answer
  | Streamed<State, Command, Event>
  | Later<State, Command, Event>
  | Hijacked<State, Command, Event>

export const json = (value: unknown, status = 200, headers?: HeaderPairs): Answer =>
  headers ? { status, json: value, headers } : { status, json: value }
export const noContent: Answer = { status: 204 }
export const empty = (status: number): Answer => ({ status })
