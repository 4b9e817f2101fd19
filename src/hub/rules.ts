import { type Duration, HOUR } from '../core/instant.ts'

/** How Docker Hub behaves in this world: options of the tank, never changed by a command. */
export interface Rules {
  /** The key that tokens are signed with; from the world's seed. */
  readonly secret: string
  /** Manifests that may be pulled in a window, by nobody in particular and by an account. `undefined`: as many as one likes. */
  readonly rateLimit: RateLimit | undefined
  /** How long a token holds. */
  readonly tokenLife: Duration
  /** How long an upload waits for its next part. */
  readonly uploadLife: Duration
  /** A new account is active, and a new address confirmed, without a link being followed. */
  readonly confirmAtOnce: boolean
}

export interface RateLimit {
  readonly anonymous: number
  readonly account: number
  readonly window: Duration
}

export const defaultRules: Rules = {
  secret: 'wavetank',
  rateLimit: undefined,
  tokenLife: 300_000_000,
  uploadLife: 24 * HOUR,
  confirmAtOnce: false,
}
