import type { TokenScope } from '../hub/access-tokens/access-token.ts'
import type { Permission, Role } from '../hub/organisations/organisation.ts'
import type { Visibility } from '../hub/repositories/repository.ts'
import type { Access, Fault } from '../hub/rules.ts'
import type { ImageLike } from './image-like.ts'
import type { Offer } from './offer.ts'

/**
 * What Docker Hub is like at the start of the world.
 *
 * @example
 * createWavetank({
 *   hub: {
 *     accounts: [{ name: 'ann', password: 'secret', tokens: [{ token: 'dckr_pat_ci', scopes: ['repo:read'] }] }],
 *     organisations: [{ name: 'acme', members: { ann: 'owner' } }],
 *     repositories: [{ name: 'acme/api', visibility: 'private', images: [{ tags: ['1.0', 'latest'], image: 'busybox' }] }],
 *     rateLimit: { anonymous: 100, account: 200 },
 *   },
 * })
 */
export interface HubOrigin {
  readonly accounts?: readonly HubAccount[]
  readonly organisations?: readonly HubOrganisation[]
  /** Beside the official ones; their images are pushed later, or declared here. */
  readonly repositories?: readonly HubRepository[]
  /** What everybody finds there; default: the official images of this package. */
  readonly catalog?: readonly Offer[]
  /** Pulls in a window; default: as many as one likes. `windowSeconds` is six hours unless it is said otherwise. */
  readonly rateLimit?: { readonly anonymous: number; readonly account: number; readonly windowSeconds?: number }
  /** Requests to the Hub API (`hub.docker.com/v2`) in a minute, for each account and for those without; default: as many as one likes. */
  readonly apiRateLimit?: number
  /** How long a token of the registry's holds; default 300. */
  readonly tokenSeconds?: number
  /** Accounts that are registered are active at once; default: when the link of the e-mail in `tank.mailbox` was followed. */
  readonly confirmAtOnce?: boolean
  /** Tokens of Index and Registry v1. */
  readonly v1?: {
    /** Default `reusable`: until they expire. `single-use`: spent by their first check, then a cookie stands for them. */
    readonly tokens?: 'single-use' | 'reusable'
    /** Default 600. */
    readonly tokenSeconds?: number
    /** Public repositories are read without a token. Default false. */
    readonly openPulls?: boolean
  }
  /**
   * `false`: the Hub's registry speaks v1 alone, as before 2015. A daemon of today finds nothing there, as it would have; the
   * engine speaks v1 to it for clients of an API below 1.18, and for all with `host: { registryProtocol: 'v1' }`.
   */
  readonly v2?: boolean
}

/** An account of Docker Hub that is there from the beginning, with its password as `docker login` takes it. */
export interface HubAccount {
  readonly name: string
  readonly password: string
  /** Default `name@example.com`. */
  readonly email?: string
  /** Default true: the address is confirmed. */
  readonly active?: boolean
  /** One of Docker's own people, who push to `library`. Default false. */
  readonly admin?: boolean
  /** What may stand in the password's place. */
  readonly tokens?: readonly HubToken[]
}

/** A personal access token. */
export interface HubToken {
  /** The secret itself: `dckr_pat_…`, or what you like. */
  readonly token: string
  /** Default `['repo:admin']`: all that the account may do. */
  readonly scopes?: readonly TokenScope[]
  readonly label?: string
  /** Default true. */
  readonly active?: boolean
  /** How long it holds from the beginning of the world; default: for ever. */
  readonly seconds?: number
}

/** An organisation of Docker Hub: a namespace that several accounts share. */
export interface HubOrganisation {
  readonly name: string
  readonly fullName?: string
  /** Accounts by name; there is at least one owner. */
  readonly members: Readonly<Record<string, Role>>
  readonly teams?: readonly HubTeam[]
  /** The token by which an identity provider keeps the people of the organisation (SCIM); without it none can. */
  readonly scimToken?: string
}

/** A team of an organisation, and what it may do in the organisation's repositories. */
export interface HubTeam {
  readonly name: string
  readonly description?: string
  /** Members of the organisation. */
  readonly members?: readonly string[]
  /** What the team may do in the organisation's repositories, each by its name without the namespace. */
  readonly repositories?: Readonly<Record<string, Permission>>
}

/** A repository of Docker Hub, with its images. */
export interface HubRepository {
  /** `ann/app` */
  readonly name: string
  /** Whatever is asked of it is refused so: 429 as over the limit, 500 and 503 as out of order. */
  readonly fault?: Fault
  /** Default public. */
  readonly visibility?: Visibility
  readonly description?: string
  readonly fullDescription?: string
  readonly stars?: number
  /** How often it was pulled before. */
  readonly pulls?: number
  /** Accounts beside the owner who may pull and push. */
  readonly collaborators?: readonly string[]
  readonly images?: readonly TaggedImage[]
}

/** An image under its tags. */
export interface TaggedImage {
  readonly tags: readonly string[]
  readonly image: ImageLike
}

/** A registry beside the Hub, at the start of the world. */
export interface RegistryOrigin {
  /** `registry.example.com`, `127.0.0.1:5000` */
  readonly host: string
  /** How people are let in. Default `open`, or `basic` where it has accounts. */
  readonly access?: Access
  /** Its own people, each with a password; default: those of the tank's Hub. */
  readonly accounts?: Readonly<Record<string, string>>
  /** `team/app`, with the images that are there already. */
  readonly repositories?: readonly { readonly name: string; readonly images: readonly TaggedImage[] }[]
}
