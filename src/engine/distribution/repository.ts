import type { Answer } from '../../http/reply.ts'
import { domainOf } from '../images/reference.ts'
import type { Credentials } from './credentials.ts'
import { type Asked, Session } from './session.ts'
import type { Talk, Telling } from './talk.ts'

/** A repository of a registry, as one asks it by v2. It lives only while its talk is told. */
export class Repository {
  /** Canonical: `docker.io/library/busybox`. */
  readonly name: string
  /** As its registry calls it: `library/busybox`. */
  readonly path: string
  readonly #scope: string
  readonly #session: Session

  constructor(name: string, actions: 'pull' | 'push,pull', credentials: Credentials, telling: Telling) {
    this.name = name
    this.path = pathOf(name)
    this.#scope = `repository:${this.path}:${actions}`
    this.#session = new Session(domainOf(name), credentials, telling)
  }

  /** Is there a registry, and whom does it ask for? */
  *ping(): Talk<Answer> {
    return yield* this.#session.ping()
  }

  /** `path`: below the repository (`manifests/latest`), or where the registry said. `scopes`: beside its own. */
  *ask({ path, scopes = [], ...asked }: Omit<Asked, 'scopes'> & Partial<Asked>): Talk<Answer> {
    const whole = /^(\/|https?:)/.test(path) ? path : `/v2/${this.path}/${path}`
    return yield* this.#session.ask({ ...asked, path: whole, scopes: [this.#scope, ...scopes] })
  }
}

/** A canonical name without its registry. */
export const pathOf = (name: string): string => name.slice(name.indexOf('/') + 1)
