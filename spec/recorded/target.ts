/** A request with its bytes, as a target sends it. */
export interface Outgoing {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface Head {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
}

/** An exchange that is under way. */
export interface Exchange {
  /** What has come so far; `undefined` before the head. */
  readonly head: Head | undefined
  readonly body: Uint8Array
  /** The answer is complete, or the connection is over. */
  readonly ended: boolean
  /** Resolves when `ended` becomes true. */
  readonly done: Promise<void>
  /** Bytes on a hijacked connection, or after the head of the request. */
  write(bytes: Uint8Array): void
  halfClose(): void
  close(): void
}

/** Whatever answers requests: a tank in this process, a tank or a real daemon behind a socket. */
export interface Target {
  open(request: Outgoing): Exchange
  /** Let that much time pass: virtual for a tank, real for a daemon. */
  elapse(ms: number): Promise<void>
  /** What is on its way arrives: real time for a socket, turns of the event loop within this process. */
  arrive(): Promise<void>
  /** Calls take longer than recorded, and there is no making up for it. */
  readonly slow: boolean
  /** Milliseconds since the epoch, by the target's clock. */
  now(): number
}
