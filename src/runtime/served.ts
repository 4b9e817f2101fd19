import type { Answer, Head, HeaderPairs, Upgrade } from '../http/reply.ts'
import type { Encoded } from './encode.ts'
import type { Pump } from './pump.ts'

/** What a door sends: below the native Response, above the socket. */
export type Served =
  | { readonly kind: 'answer'; readonly answer: Encoded }
  | ServedStream
  | { readonly kind: 'later'; readonly pump: AnyPump; finish(answer: Answer): Encoded; begin(head: Head): ServedStream }
  | { readonly kind: 'hijack'; readonly upgrade: AnyUpgrade; readonly pump: AnyPump; readonly input: HijackInput }

export interface ServedStream {
  readonly kind: 'stream'
  readonly status: number
  readonly headers: HeaderPairs
  readonly pump: AnyPump
}

/** The client's half of a hijacked connection. */
export interface HijackInput {
  /** Bytes from the client; `undefined` is its half-close. */
  write(bytes: Uint8Array | undefined): void
}

// biome-ignore lint/suspicious/noExplicitAny: doors carry bytes, they do not look at states and events
type AnyPump = Pump<any, any>
// biome-ignore lint/suspicious/noExplicitAny: as above
type AnyUpgrade = Upgrade<any, any, any>
