import { sha256 } from '#sha256'
import type { Stamped } from '../core/decider.ts'
import { type Instant, SECOND } from '../core/instant.ts'
import { writeManifest } from '../engine/distribution/manifest.ts'
import { packed } from '../engine/distribution/packed.ts'
import type { WholeImage } from '../engine/images/make-image.ts'
import { hashPassword } from '../hub/accounts/account.ts'
import type { HubEvent } from '../hub/events.ts'
import { evolve } from '../hub/evolve.ts'
import { REGISTRY_HOST } from '../hub/hosts.ts'
import { DOCKER_MANIFEST } from '../hub/registry/media-types.ts'
import type { Where } from '../hub/registry/registry.ts'
import type { Visibility } from '../hub/repositories/repository.ts'
import { defaultRules, type Fault, type Rules, type RulesV1 } from '../hub/rules.ts'
import { emptyHub, type HubState } from '../hub/state.ts'
import { digestOf } from '../storage/digest.ts'
import { hubCatalog, type Offer } from './hub-catalog.ts'
import { declared } from './made.ts'

/** What Docker Hub is like at the start of the world. */
export interface HubOrigin {
  readonly accounts?: readonly HubAccount[]
  /** Beside the official ones; their images are pushed later, or declared here. */
  readonly repositories?: readonly HubRepository[]
  /** What everybody finds there; default: the official images of this package. */
  readonly catalog?: readonly Offer[]
  /** Pulls in a window; default: as many as one likes. `windowSeconds` is six hours unless it is said otherwise. */
  readonly rateLimit?: { readonly anonymous: number; readonly account: number; readonly windowSeconds?: number }
  /** How long a token holds; default 300. */
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
  /** `false`: the Hub's registry speaks v1 alone, as before 2015. */
  readonly v2?: boolean
}

export interface HubAccount {
  readonly name: string
  readonly password: string
  /** Default `name@example.com`. */
  readonly email?: string
  /** Default true: the address is confirmed. */
  readonly active?: boolean
  /** One of Docker's own people, who push to `library`. Default false. */
  readonly admin?: boolean
}

export interface HubRepository extends Partial<Omit<Offer, 'name'>> {
  readonly name: string
  /** Whatever is asked of it is refused so: 429 as over the limit, 500 and 503 as out of order. */
  readonly fault?: Fault
  /** Default public. */
  readonly visibility?: Visibility
  readonly collaborators?: readonly string[]
}

/** The Hub's first state. */
export function hubOrigin(origin: HubOrigin, seed: string, now: Instant, access: Rules['access']): HubState {
  const {
    accounts = [],
    repositories = [],
    catalog = hubCatalog,
    rateLimit,
    tokenSeconds,
    confirmAtOnce = false,
    v2 = true,
  } = origin
  const rules = {
    ...defaultRules,
    access,
    faults: faultsOf(repositories),
    confirmAtOnce,
    v1: rulesV1(origin),
    v2,
    secret: sha256(`${seed}\nhub\nsecret`),
    rateLimit: rateLimit && { ...rateLimit, window: (rateLimit.windowSeconds ?? 6 * 3600) * SECOND },
    ...(tokenSeconds === undefined ? {} : { tokenLife: tokenSeconds * SECOND }),
  }
  const events = [
    ...accounts.map((one) => accountEvent(one, now)),
    ...repositories.flatMap((one) => offerEvents(one, now)),
  ]
  return folded({ ...stocked(catalog, now), rules, now }, events, now)
}

function rulesV1({ v1: { tokens, tokenSeconds, openPulls } = {} }: HubOrigin): RulesV1 {
  const usual = defaultRules.v1
  return {
    tokens: tokens ?? usual.tokens,
    tokenLife: tokenSeconds === undefined ? usual.tokenLife : tokenSeconds * SECOND,
    openPulls: openPulls ?? usual.openPulls,
  }
}

const shelves = new WeakMap<readonly Offer[], HubState>()

const faultsOf = (repositories: readonly HubRepository[]): Rules['faults'] =>
  Object.fromEntries(repositories.flatMap(({ name, fault }) => (fault === undefined ? [] : [[name, fault]])))

/** The catalog is data: it is put on the shelf once, whatever worlds there are. */
function stocked(catalog: readonly Offer[], now: Instant): HubState {
  const known = shelves.get(catalog)
  if (known) return known
  const state = folded(
    emptyHub,
    catalog.flatMap((offer) => offerEvents(offer, 0)),
    now,
  )
  shelves.set(catalog, state)
  return state
}

const folded = (begin: HubState, events: readonly HubEvent[], now: Instant): HubState =>
  events.reduce(
    (state, event, i) => evolve(state, { ...event, at: now, position: i - events.length } as Stamped<HubEvent>),
    begin,
  )

function accountEvent(given: HubAccount, joined: Instant): HubEvent {
  const { name, password, email = `${name}@example.com`, active = true, admin = false } = given
  const emails = [{ address: email, verified: active }]
  const account = { name, emails, active, admin, joined, passwordHash: hashPassword(name, password) }
  return { type: 'account.register', account }
}

function offerEvents(offer: HubRepository, now: Instant): HubEvent[] {
  const { name, visibility = 'public', description = '', stars = 0, collaborators = [], images = [] } = offer
  const where: Where = { registry: REGISTRY_HOST, name }
  const times = { created: now, updated: now }
  const repository = { ...where, visibility, description, stars, collaborators, pulls: 0, ...times }
  return [
    { type: 'repository.set', repository },
    ...images.flatMap(({ tags, image }) => imageEvents(where, tags, declared(image))),
  ]
}

/** An image as a push would have left it. */
function imageEvents(where: Where, tags: readonly string[], { image, layers }: WholeImage): HubEvent[] {
  const blobs = [...layers.map(packed), { digest: image.id, bytes: image.json }]
  const descriptors = layers.map(packed).map(({ digest, bytes }) => ({ digest, size: bytes.length }))
  const bytes = writeManifest({ digest: image.id, size: image.json.length }, descriptors)
  const manifest = { digest: digestOf(bytes), mediaType: DOCKER_MANIFEST, bytes, subject: undefined }
  return [
    ...blobs.map((blob): HubEvent => ({ type: 'blob.add', ...where, ...blob })),
    ...tags.map((tag): HubEvent => ({ type: 'manifest.add', ...where, manifest, tag })),
  ]
}
