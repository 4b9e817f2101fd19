import type { Input, Request } from '../../http/input.ts'
import type { Asking } from '../../http/route.ts'
import { type Access, parseToken } from '../auth/index-token.ts'
import { INDEX_HOST, REGISTRY_HOST } from '../hosts.ts'
import { imagesOf } from '../index-v1/find.ts'
import { nameOf } from '../index-v1/repository-name.ts'
import { authorizeBase, registryOf } from '../registry/access.ts'
import { namesIn, repositoryKey } from '../repositories/repository.ts'
import type { HubState } from '../state.ts'
import { requiresAuthorization } from './errors.ts'
import { jsonOf, parentOf } from './json-put.ts'
import { cookieOf, sessionOf } from './session.ts'

/** What the Index has to say of a request. */
export interface Allowed {
  readonly registry: string
  /** The repository that the token is for; `undefined`: nobody asks for one. */
  readonly repository?: string
  /** The images that may be read and written; `undefined`: all. */
  readonly listed?: ReadonlySet<string>
  /** Whether a layer of a private repository may be read, or be built upon. */
  readonly layer: boolean
  /** From now on the cookie will do. */
  readonly cookie?: string
}

const NOTHING = new Uint8Array()

/** A registry of one's own asks nobody. */
export const standalone = (input: Input): boolean => registryOf(input) !== REGISTRY_HOST

/** A registry of one's own that is locked: a name and a password open it to v1 too; of tokens like today's v1 knows nothing. */
function checkDoor(input: Input, state: HubState): void {
  if (state.rules.access[registryOf(input)] === 'token') throw requiresAuthorization()
  authorizeBase(state, input)
}

const ACCESS: Readonly<Record<string, Access>> = {
  GET: 'read',
  HEAD: 'read',
  POST: 'write',
  PUT: 'write',
  DELETE: 'delete',
}

/** The repository of the path; images have none. */
const pathRepository = (input: Input) =>
  input.params.name === undefined && input.params.repository === undefined ? undefined : nameOf(input)

/**
 * Is the client let in? The registry knows no tokens: it looks whether the one that is shown speaks of this repository and
 * of this kind of request, and passes it on to the Index. A refusal before that spends nothing.
 */
export function* authorize(input: Input, state: HubState): Asking<Allowed> {
  const registry = registryOf(input)
  if (standalone(input)) {
    checkDoor(input, state)
    return { registry, layer: true }
  }
  const access = ACCESS[input.request.method]!
  const session = bySession(input, state, access)
  if (session) return session
  if (isOpen(input, state, access)) return { registry, layer: false }
  const claimed = claimOf(input, access)
  const answer = yield question(input, `/v1/repositories/${claimed}/images`)
  if (answer?.status !== 200) throw requiresAuthorization()
  const listed = new Set(idsOf(answer.bytes ?? []))
  const cookie = state.rules.v1.tokens === 'single-use' ? { cookie: cookieOf(state, claimed, access) } : {}
  return { registry, repository: claimed, listed, layer: true, ...cookie }
}

/** The repository that the token claims to be for. */
function claimOf(input: Input, access: Access): string {
  const claimed = parseToken(input.request.headers.authorization)
  const path = pathRepository(input)
  const { repository = '' } = claimed ?? {}
  if (claimed?.access !== access || !/^[a-z0-9_./-]+$/.test(repository)) throw requiresAuthorization()
  if (path !== undefined && path !== repository) throw requiresAuthorization()
  return repository
}

/** A cookie that stands for a token: for what the token was for, and nothing else. */
function bySession(input: Input, state: HubState, access: Access): Allowed | undefined {
  const session = sessionOf(state, input)
  const path = pathRepository(input)
  if (!session || session.access !== access) return undefined
  if (path !== undefined && path !== session.repository) return undefined
  const { repository } = session
  const listed = new Set(imagesOf(state, repository).map(({ id }) => id))
  return { registry: REGISTRY_HOST, repository, listed, layer: true }
}

/** Whether nothing is asked of those who read what is public. */
function isOpen(input: Input, state: HubState, access: Access): boolean {
  if (!state.rules.v1.openPulls || access !== 'read' || input.request.headers.authorization !== undefined) return false
  const isPublic = (name: string) => state.repositories.get(repositoryKey(REGISTRY_HOST, name))?.visibility === 'public'
  const path = pathRepository(input)
  if (path !== undefined) return isPublic(path)
  return namesIn(state.repositories, REGISTRY_HOST).some(
    (name) => isPublic(name) && imagesOf(state, name).some(({ id }) => id === input.params.id),
  )
}

/** What the registry asks the Index, with the token that it was shown. */
function question({ request }: Input, target: string): Request {
  const { authorization = '' } = request.headers
  return {
    method: 'GET',
    target,
    origin: `https://${INDEX_HOST}`,
    headers: { host: INDEX_HOST, authorization },
    body: NOTHING,
  }
}

function idsOf(bytes: readonly Uint8Array[]): string[] {
  const list = JSON.parse(bytes.map((part) => new TextDecoder().decode(part)).join('')) as readonly { id: string }[]
  return list.map(({ id }) => id)
}

/** The Index's word on one layer. */
function* layerAccess(input: Input, { repository, cookie, ...rest }: Allowed, id: string): Asking<Allowed> {
  const answer = yield question(input, `/v1/repositories/${repository}/layer/${id}/access`)
  const text = (answer?.bytes ?? []).map((part) => new TextDecoder().decode(part)).join('')
  const layer = answer?.status === 200 && (JSON.parse(text) as { access?: unknown }).access === true
  return {
    ...rest,
    ...(repository === undefined ? {} : { repository }),
    ...(cookie === undefined ? {} : { cookie }),
    layer,
  }
}

/** To read an image: of a private repository the Index is asked for each layer. */
export function* authorizeRead(input: Input, state: HubState): Asking<Allowed> {
  const allowed = yield* authorize(input, state)
  const { repository = '', listed } = allowed
  if (listed && !listed.has(input.params.id!)) return { ...allowed, layer: false }
  const isPrivate = state.repositories.get(repositoryKey(REGISTRY_HOST, repository))?.visibility === 'private'
  if (!isPrivate || sessionOf(state, input)) return { ...allowed, layer: true }
  return yield* layerAccess(input, allowed, input.params.id!)
}

/** To write an image's JSON: the Index is asked whether what is below may be built upon. */
export function* authorizeJson(input: Input, state: HubState): Asking<Allowed> {
  const allowed = yield* authorize(input, state)
  const parent = parentOf(jsonOf(input.request.body) ?? {})
  if (allowed.repository === undefined || parent === undefined) return allowed
  if (sessionOf(state, input)) return { ...allowed, layer: allowed.listed!.has(parent) }
  return /^[0-9a-f]+$/.test(parent) ? yield* layerAccess(input, allowed, parent) : { ...allowed, layer: false }
}
