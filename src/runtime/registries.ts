import { memoised } from '../core/memoised.ts'
import { HUB_HOSTS, REGISTRY_HOST } from '../hub/hosts.ts'
import type { Access } from '../hub/rules.ts'
import type { RegistryOrigin } from './hub-origin.ts'

export const hostOf = (given: string | RegistryOrigin): string => (typeof given === 'string' ? given : given.host)

/** By the names that the registries' repositories bear. */
export const accessOf = (given: readonly (string | RegistryOrigin)[] = []): Readonly<Record<string, Access>> =>
  Object.fromEntries(given.map((one) => [addressOf(hostOf(one)), typeof one === 'string' ? 'open' : accessFor(one)]))

const accessFor = ({ access, accounts }: RegistryOrigin): Access => access ?? (accounts ? 'basic' : 'open')

/** An address that leads to a registry. */
export interface Lead {
  /** The name that its repositories bear. */
  readonly registry: string
  /** It leads there no more. */
  end(): void
}

/** Which addresses lead to which registries of a tank. All loopback names of one port are one address. */
export class Registries {
  readonly #byAddress = new Map<string, string>()

  constructor(names: readonly string[], hub: boolean) {
    for (const name of names) this.#byAddress.set(addressOf(name), addressOf(name))
    if (hub) for (const host of HUB_HOSTS) this.#byAddress.set(host, REGISTRY_HOST)
  }

  /** For a fork: it leads on by itself. */
  copy(): Registries {
    const copied = new Registries([], false)
    for (const [address, registry] of this.#byAddress) copied.#byAddress.set(address, registry)
    return copied
  }

  /** The registry behind an origin; `undefined`: none of the tank's. */
  find(origin = ''): string | undefined {
    return this.#byAddress.get(addressOf(origin))
  }

  /** From now on the address leads to the registry. */
  lead(address: string, name = addressOf(address)): Lead {
    const key = addressOf(address)
    const registry = this.find(name) ?? name
    const before = this.#byAddress.get(key)
    this.#byAddress.set(key, registry)
    const end = () => void (before === undefined ? this.#byAddress.delete(key) : this.#byAddress.set(key, before))
    return { registry, end }
  }
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])(?=:|$)/

/** `127.0.0.1:5000` of `http://localhost:5000`. */
export const addressOf = memoised((origin) => origin.replace(/^https?:\/\//, '').replace(LOOPBACK, '127.0.0.1'))
