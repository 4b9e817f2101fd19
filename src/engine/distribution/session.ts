import { type Instant, SECOND } from '../../core/instant.ts'
import { basicHeader } from '../../http/credentials.ts'
import { utf8 } from '../../http/json-lines.ts'
import type { Answer } from '../../http/reply.ts'
import { engineVersion } from '../system/host.ts'
import type { Credentials } from './credentials.ts'
import { arrived, at, headerOf, jsonOf, refusalOf } from './errors.ts'
import type { Progress } from './progress.ts'
import type { Ask, Talk, Telling } from './talk.ts'

export interface Asked {
  readonly method: string
  /** Below the registry: `/v2/library/busybox/manifests/latest`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** What the token must give: `repository:library/busybox:pull`. */
  readonly scopes: readonly string[]
  readonly progress?: Progress
  readonly shared?: string
}

/** A token, until it expires. */
interface Token {
  readonly token: string
  readonly until: Instant
}

/** Tokens live at least so long, whatever is said of them. distribution: registry/client/auth/session.go */
const SHORTEST = 60

interface Challenge {
  readonly scheme: string
  readonly realm: string
  readonly service: string
}

export const AGENT = `docker/${engineVersion} go/go1.25.3 os/linux arch/amd64 UpstreamClient(wavetank)`
const EMPTY = new Uint8Array()

/** Where the registry of a canonical name's first part answers. moby: registry/service_v2.go */
export function registryUrl(domain: string): string {
  if (domain === 'docker.io' || domain === 'index.docker.io') return 'https://registry-1.docker.io'
  return /^(localhost|127\.)/.test(domain) ? `http://${domain}` : `https://${domain}`
}

/** One registry and what it takes to be let in. It lives only while its talk is told. */
export class Session {
  readonly url: string
  readonly #credentials: Credentials
  #challenge: Challenge | undefined
  readonly #tokens = new Map<string, Token>()
  readonly #telling: Telling

  constructor(domain: string, credentials: Credentials, telling: Telling) {
    this.url = registryUrl(domain)
    this.#credentials = credentials
    this.#telling = telling
  }

  /** `GET /v2/`: is there a registry, and whom does it ask for? */
  *ping(): Talk<Answer> {
    const answer = yield* this.#send('GET', `${this.url}/v2/`, {}, EMPTY)
    this.#challenge = challengeOf(answer)
    if (answer.status !== 200 && answer.status !== 401) throw refusalOf(answer)
    return answer
  }

  *ask({ method, path, headers = {}, body = EMPTY, scopes, ...on }: Asked): Talk<Answer> {
    const url = path.startsWith('http') ? path : this.url + path
    const authorization = yield* this.#authorization(method, url, scopes)
    const all = authorization === undefined ? headers : { ...headers, authorization }
    return yield* this.#send(method, url, all, body, on)
  }

  *#authorization(method: string, url: string, scopes: readonly string[]): Talk<string | undefined> {
    const { username, password, registryToken } = this.#credentials
    if (!this.#challenge) return undefined
    if (registryToken !== '') return `Bearer ${registryToken}`
    if (this.#challenge.scheme === 'basic') {
      if (username === '') throw at(method, url, 'System', 'no basic auth credentials')
      return basicHeader({ username, password })
    }
    const key = scopes.join(' ')
    const known = this.#tokens.get(key)
    if (known && known.until > this.#telling.known.now) return `Bearer ${known.token}`
    const given = yield* this.#token(this.#challenge, method, url, scopes)
    this.#tokens.set(key, given)
    return `Bearer ${given.token}`
  }

  /** distribution: registry/client/auth/session.go */
  *#token({ realm, service }: Challenge, method: string, url: string, scopes: readonly string[]): Talk<Token> {
    const answer = yield* this.#askForToken(realm, service, scopes)
    if (answer.status !== 200) {
      const { kind, message } = refusalOf(answer)
      throw at(method, url, kind, message)
    }
    const {
      token,
      access_token,
      expires_in = 0,
    } = (jsonOf(answer) ?? {}) as {
      token?: string
      access_token?: string
      expires_in?: number
    }
    const given = token ?? access_token
    if (given === undefined)
      throw at(method, url, 'System', 'authorization server did not include a token in the response')
    return { token: given, until: this.#telling.known.now + Math.max(SHORTEST, expires_in) * SECOND }
  }

  *#askForToken(realm: string, service: string, scopes: readonly string[]): Talk<Answer> {
    const { username, password, identityToken } = this.#credentials
    if (identityToken !== '') {
      const form = new URLSearchParams({
        client_id: 'docker',
        grant_type: 'refresh_token',
        refresh_token: identityToken,
      })
      if (scopes.length > 0) form.set('scope', scopes.join(' '))
      form.set('service', service)
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      return yield* this.#send('POST', realm, headers, utf8(form.toString()))
    }
    const query = new URLSearchParams()
    if (username !== '') query.set('account', username)
    if (scopes.length === 0) {
      query.set('client_id', 'docker')
      query.set('offline_token', 'true')
    }
    for (const scope of scopes) query.append('scope', scope)
    query.set('service', service)
    const headers = username === '' ? {} : { authorization: basicHeader({ username, password }) }
    return yield* this.#send('GET', `${realm}?${query}`, headers, EMPTY)
  }

  *#send(
    method: string,
    url: string,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array,
    on: Omit<Ask, 'request'> = {},
  ): Talk<Answer> {
    const [, origin = '', target = ''] = /^(https?:\/\/[^/]*)(.*)$/.exec(url) ?? []
    const host = origin.replace(/^https?:\/\//, '')
    const length = method === 'GET' || method === 'HEAD' ? {} : { 'content-length': String(body.length) }
    const all = { host, 'user-agent': AGENT, ...length, ...headers }
    const answer = yield { request: { method, target, origin, headers: all, body }, ...on }
    return arrived(answer, method, url)
  }
}

function challengeOf(answer: Answer): Challenge | undefined {
  if (answer.status !== 401) return undefined
  const header = headerOf(answer, 'www-authenticate') ?? ''
  const parameter = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? ''
  return { scheme: header.split(' ', 1)[0]!.toLowerCase(), realm: parameter('realm'), service: parameter('service') }
}

export const ok = ({ status }: Answer): boolean => status >= 200 && status < 300

/** Refuses with what the registry said. */
export function need(answer: Answer): Answer {
  if (!ok(answer)) throw refusalOf(answer)
  return answer
}
