import { type Duration, HOUR } from '../core/instant.ts'

/** How Docker Hub behaves in this world: options of the tank, never changed by a command. */
export interface Rules {
  /** The key that tokens are signed with; from the world's seed. */
  readonly secret: string
  /** Manifests that may be pulled in a window, by nobody in particular and by an account. `undefined`: as many as one likes. */
  readonly rateLimit: RateLimit | undefined
  /** Requests to the Hub API in a minute, for each account and for those without. `undefined`: as many as one likes. */
  readonly apiRateLimit: number | undefined
  /** By registry, then by account: hashes of passwords. A registry that is not here has no people of its own. */
  readonly passwords: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** How long a token holds. */
  readonly tokenLife: Duration
  /** How long an upload waits for its next part. */
  readonly uploadLife: Duration
  /** A new account is active, and a new address confirmed, without a link being followed. */
  readonly confirmAtOnce: boolean
  /** How Index and Registry v1 treat their tokens. */
  readonly v1: RulesV1
  /** Whether the Hub's registry speaks v2 at all; before 2015 it did not. */
  readonly v2: boolean
  /** How the registries beside the Hub let people in, by host; those that are not told of are open. */
  readonly access: Readonly<Record<string, Access>>
  /** Repositories of the Hub that are out of order, with the status that whoever asks for them gets. */
  readonly faults: Readonly<Record<string, Fault>>
}

export type Fault = 429 | 500 | 503

export interface RulesV1 {
  /**
   * `single-use`: the first check spends a token, and the registry goes on with a cookie, as registries before 0.7 did.
   * `reusable`: a token holds until it expires, and there are no cookies.
   */
  readonly tokens: 'single-use' | 'reusable'
  readonly tokenLife: Duration
  /** Public repositories are read without a token. */
  readonly openPulls: boolean
}

/** `basic`: a name and password of an account with each request; `token`: a token of the token server; `open`: anybody. */
export type Access = 'open' | 'basic' | 'token'

export interface RateLimit {
  readonly anonymous: number
  readonly account: number
  readonly window: Duration
}

export const defaultRules: Rules = {
  secret: 'wavetank',
  rateLimit: undefined,
  apiRateLimit: undefined,
  passwords: {},
  tokenLife: 300_000_000,
  uploadLife: 24 * HOUR,
  confirmAtOnce: false,
  v1: { tokens: 'reusable', tokenLife: 600_000_000, openPulls: false },
  v2: true,
  access: {},
  faults: {},
}
