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
import { uuidFor } from '../hub/hub-api/number.ts'
import { DOCKER_MANIFEST } from '../hub/registry/media-types.ts'
import type { Where } from '../hub/registry/registry.ts'
import { newRepository, type Repository } from '../hub/repositories/repository.ts'
import { defaultRules, type Rules, type RulesV1 } from '../hub/rules.ts'
import { emptyHub, type HubState } from '../hub/state.ts'
import { digestOf } from '../storage/digest.ts'
import { hubCatalog } from './hub-catalog.ts'
import { referenceOf } from './hub-images.ts'
import type { HubAccount, HubOrigin, HubRepository, HubToken, RegistryOrigin, TaggedImage } from './hub-origin.ts'
import { organisationEvent, teamsOf } from './hub-seed-organisations.ts'
import { imageLike } from './image-like.ts'
import type { Offer } from './offer.ts'
import { accessOf, addressOf } from './registries.ts'

/** Where there is no Hub, nothing is on its shelf. */
const NOTHING: readonly Offer[] = []

/** The Hub's first state, and that of all other registries. */
export function hubOrigin(
  given: HubOrigin | false,
  registries: readonly (string | RegistryOrigin)[],
  seed: string,
  now: Instant,
): HubState {
  const origin = given || {}
  const { accounts = [], organisations = [], repositories = [], catalog = hubCatalog } = origin
  const secret = sha256(`${seed}\nhub\nsecret`)
  const known = registries.filter((one): one is RegistryOrigin => typeof one !== 'string')
  const events = [
    ...accounts.flatMap((one) => accountEvents(one, secret, now)),
    ...organisations.map((one) => organisationEvent(one, accounts, secret, now)),
    ...repositories.flatMap((one) => repositoryEvents(one, teamsOf(organisations, one.name, secret), catalog, now)),
    ...known.flatMap((one) => registryEvents(one, catalog, now)),
  ]
  return folded({ ...stocked(given ? catalog : NOTHING), rules: rulesOf(origin, registries, secret), now }, events, now)
}

function rulesOf(origin: HubOrigin, registries: readonly (string | RegistryOrigin)[], secret: string): Rules {
  const { repositories = [], rateLimit, apiRateLimit, tokenSeconds, confirmAtOnce = false, v2 = true } = origin
  const locked = registries.flatMap((one) =>
    typeof one !== 'string' && one.accounts ? [[addressOf(one.host), hashed(one.accounts)]] : [],
  )
  return {
    ...defaultRules,
    access: accessOf(registries),
    faults: faultsOf(repositories),
    confirmAtOnce,
    v1: rulesV1(origin),
    v2,
    secret,
    rateLimit: rateLimit && { ...rateLimit, window: (rateLimit.windowSeconds ?? 6 * 3600) * SECOND },
    apiRateLimit,
    ...(tokenSeconds === undefined ? {} : { tokenLife: tokenSeconds * SECOND }),
    passwords: Object.fromEntries(locked),
  }
}

function rulesV1({ v1: { tokens, tokenSeconds, openPulls } = {} }: HubOrigin): RulesV1 {
  const usual = defaultRules.v1
  return {
    tokens: tokens ?? usual.tokens,
    tokenLife: tokenSeconds === undefined ? usual.tokenLife : tokenSeconds * SECOND,
    openPulls: openPulls ?? usual.openPulls,
  }
}

const faultsOf = (repositories: readonly HubRepository[]): Rules['faults'] =>
  Object.fromEntries(repositories.flatMap(({ name, fault }) => (fault === undefined ? [] : [[name, fault]])))

const hashed = (accounts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(accounts).map(([name, password]) => [name, hashPassword(name, password)]))

/** When the official repositories were made, and when their images were pushed: the same in all worlds, whenever they begin. */
const OPENED: Instant = 1_401_926_400 * SECOND
const PUSHED: Instant = 1_735_689_600 * SECOND

const shelves = new WeakMap<readonly Offer[], HubState>()

/** The catalog is data: it is put on the shelf once, whatever worlds there are. */
function stocked(catalog: readonly Offer[]): HubState {
  const known = shelves.get(catalog)
  if (known) return known
  const state = folded(
    emptyHub,
    catalog.flatMap((offer) => repositoryEvents(offer, [], catalog, OPENED)),
    PUSHED,
  )
  shelves.set(catalog, state)
  return state
}

const folded = (begin: HubState, events: readonly HubEvent[], now: Instant): HubState =>
  events.reduce(
    (state, event, i) => evolve(state, { at: now, position: i - events.length, ...event } as Stamped<HubEvent>),
    begin,
  )

function accountEvents(given: HubAccount, secret: string, joined: Instant): HubEvent[] {
  const { name, password, email = `${name}@example.com`, active = true, admin = false, tokens = [] } = given
  const emails = [{ address: email, verified: active }]
  const account = { name, emails, active, admin, joined, passwordHash: hashPassword(name, password) }
  return [{ type: 'account.register', account }, ...tokens.map((one) => tokenEvent(one, name, secret, joined))]
}

function tokenEvent(given: HubToken, owner: string, secret: string, created: Instant): HubEvent {
  const { token: value, scopes = ['repo:admin'], label = 'from the beginning', active = true, seconds } = given
  const token = {
    uuid: uuidFor(secret, 'token', `${owner} ${value}`),
    owner,
    label,
    scopes,
    active,
    secretHash: hashPassword(owner, value),
    created,
    used: undefined,
    expires: seconds === undefined ? undefined : created + seconds * SECOND,
    creatorIp: '127.0.0.1',
    creatorAgent: '',
  }
  return { type: 'access-token.set', token }
}

function repositoryEvents(
  offer: HubRepository,
  groups: NonNullable<Repository['groups']>,
  catalog: readonly Offer[],
  now: Instant,
): HubEvent[] {
  const { name, images = [], fault: _, ...more } = offer
  const repository = newRepository(
    { registry: REGISTRY_HOST, name },
    now,
    groups.length > 0 ? { ...more, groups } : more,
  )
  return [{ type: 'repository.set', repository }, ...imagesIn(repository, images, catalog)]
}

function registryEvents(
  { host, repositories = [] }: RegistryOrigin,
  catalog: readonly Offer[],
  now: Instant,
): HubEvent[] {
  return repositories.flatMap(({ name, images }): HubEvent[] => {
    const repository = newRepository({ registry: addressOf(host), name }, now)
    return [{ type: 'repository.set', repository }, ...imagesIn(repository, images, catalog)]
  })
}

const imagesIn = ({ registry, name }: Where, images: readonly TaggedImage[], catalog: readonly Offer[]): HubEvent[] =>
  images.flatMap(({ tags, image }) =>
    imageEvents({ registry, name }, tags, imageLike(image, referenceOf(registry, name, tags), catalog)),
  )

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
