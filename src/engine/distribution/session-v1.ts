import { basicHeader } from '../../http/credentials.ts'
import type { Answer } from '../../http/reply.ts'
import type { Credentials } from './credentials.ts'
import { arrived, headerOf, jsonOf } from './errors.ts'
import type { Progress } from './progress.ts'
import { AGENT } from './session.ts'
import type { Ask, Talk } from './talk.ts'

type Headers = Readonly<Record<string, string>>

export interface AskedV1 {
  readonly method: string
  /** Below `/v1/`: `repositories/alice/bb/images`. */
  readonly path: string
  readonly headers?: Headers
  readonly body?: Uint8Array
  readonly progress?: Progress
}

const EMPTY = new Uint8Array()

/** Where the Index of a canonical name's first part answers. moby: registry/config.go */
function indexUrl(domain: string): string {
  if (domain === 'docker.io') return 'https://index.docker.io/v1/'
  return `${/^(localhost|127\.)/.test(domain) ? 'http' : 'https'}://${domain}/v1/`
}

/** The Index, and what it gave for its registries: a token and their addresses. It lives only while its talk is told. */
export class SessionV1 {
  readonly index: string
  readonly #credentials: Credentials
  readonly #official: boolean
  #token: string | undefined
  /** `https://registry-1.docker.io/v1/`, in the order in which they are to be asked. */
  endpoints: readonly string[] = []
  readonly #cookies = new Map<string, string>()

  constructor(domain: string, credentials: Credentials) {
    this.index = indexUrl(domain)
    this.#official = domain === 'docker.io'
    this.#credentials = credentials
  }

  /** `GET /v1/_ping`, of all but the one that is known. */
  *ping(): Talk<void> {
    if (!this.#official) yield* this.#send('GET', `${this.index}_ping`, {}, EMPTY)
  }

  /** The Index, with name and password. A token that it gives is kept. */
  *ask({ method, path, headers = {}, body = EMPTY }: AskedV1): Talk<Answer> {
    const { username, password } = this.#credentials
    const basic: Headers = username === '' ? {} : { authorization: basicHeader({ username, password }) }
    const all = { ...basic, 'x-docker-token': 'true', ...headers }
    const answer = yield* this.#send(method, this.index + path, all, body)
    this.#token = headerOf(answer, 'x-docker-token') ?? this.#token
    this.#remember(answer)
    return answer
  }

  /** Nobody is said to ask: whoever registers has no account yet. */
  *register(body: Uint8Array): Talk<Answer> {
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    return yield* this.#send('POST', `${this.index}users/`, headers, body)
  }

  #remember(answer: Answer): void {
    const scheme = this.index.slice(0, this.index.indexOf('://'))
    const named = headerOf(answer, 'x-docker-endpoints')
    if (named !== undefined) this.endpoints = named.split(',').map((endpoint) => `${scheme}://${endpoint.trim()}/v1/`)
    else if (this.endpoints.length === 0) this.endpoints = [this.index]
  }

  /** A registry, with the token, and with the cookie that it gave. */
  *askRegistry(endpoint: string, { method, path, headers = {}, body = EMPTY, ...on }: AskedV1): Talk<Answer> {
    const cookie = this.#cookies.get(endpoint)
    const all = {
      ...(this.#token === undefined ? {} : { authorization: `Token ${this.#token}` }),
      ...(cookie === undefined ? {} : { cookie }),
      ...headers,
    }
    const answer = yield* this.#send(method, endpoint + path, all, body, on)
    const given = headerOf(answer, 'set-cookie')
    if (given !== undefined) this.#cookies.set(endpoint, given.split(';', 1)[0]!)
    return answer
  }

  *#send(method: string, url: string, headers: Headers, body: Uint8Array, on: Omit<Ask, 'request'> = {}): Talk<Answer> {
    const [, origin = '', target = ''] = /^(https?:\/\/[^/]*)(.*)$/.exec(url) ?? []
    const host = origin.replace(/^https?:\/\//, '')
    const length: Headers = method === 'GET' ? {} : { 'content-length': String(body.length) }
    const all = { host, 'user-agent': AGENT, ...length, ...headers }
    const answer = yield { request: { method, target, origin, headers: all, body }, ...on }
    return arrived(answer, method, url)
  }
}

/** A JSON string in a body, `%q` of Go: what the Index said, as docker repeats it. */
export const quotedBody = (answer: Answer): string =>
  JSON.stringify((answer.bytes ?? []).map((part) => new TextDecoder().decode(part)).join(''))

export const stringsOf = (answer: Answer): Readonly<Record<string, string>> =>
  (jsonOf(answer) ?? {}) as Readonly<Record<string, string>>
