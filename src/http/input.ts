/** A request as data, below every door. Header names are lower-case; the target is the raw path with its query. */
export interface Request {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  /** The whole body; empty if there is none. */
  readonly body: Uint8Array
  /** The origin the client meant, e.g. `https://index.docker.io`; hosts choose the system that answers. */
  readonly origin?: string
  /** The registry of the tank that the origin leads to, by the name that its repositories bear. */
  readonly registry?: string
}

/** A matched request, as a route's functions see it. */
export interface Input {
  readonly request: Request
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The API version asked for, e.g. `1.51`; the daemon's own where the path has none. */
  readonly version: string
  /** What others said, where the route asks somebody first (`Route.ask`). */
  readonly asked?: unknown
}
