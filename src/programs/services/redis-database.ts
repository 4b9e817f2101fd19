import type { Instant } from '../../core/instant.ts'
import { error } from './resp.ts'
import type { Context } from './server.ts'

/** A value of redis; strings are byte strings. */
export type Value =
  | { readonly kind: 'string'; text: string }
  | { readonly kind: 'list'; items: string[] }
  | { readonly kind: 'hash'; fields: Map<string, string> }
  | { readonly kind: 'set'; members: Set<string> }

export interface Entry {
  value: Value
  expires: Instant | undefined
}

export interface Database {
  readonly databases: Map<string, Entry>[]
  readonly startedAt: Instant
  password: string | undefined
  port: number
  commands: number
  /** SHUTDOWN was asked for. */
  down: number | undefined
}

export interface Client {
  authenticated: boolean
  db: number
  /** Commands since MULTI. */
  queue: (readonly string[])[] | undefined
  name: string
  subscribed: string[]
}

export const DATABASES = 16

export const emptyDatabase = (startedAt: Instant): Database => ({
  databases: Array.from({ length: DATABASES }, () => new Map()),
  startedAt,
  password: undefined,
  port: 6379,
  commands: 0,
  down: undefined,
})

/** What a command works with. */
export class Call {
  readonly now: Instant
  readonly client: Client
  readonly database: Database
  readonly args: readonly string[]

  constructor({ now, state }: Context<Database>, client: Client, args: readonly string[]) {
    this.now = now
    this.client = client
    this.database = state
    this.args = args
  }

  get keys(): Map<string, Entry> {
    return this.database.databases[this.client.db]!
  }

  entry(key: string): Entry | undefined {
    const entry = this.keys.get(key)
    if (entry?.expires === undefined || entry.expires > this.now) return entry
    this.keys.delete(key)
    return undefined
  }

  /** The value under the key, if any is there and is of the kind. */
  value<K extends Value['kind']>(key: string, kind: K): Extract<Value, { kind: K }> | undefined {
    const value = this.entry(key)?.value
    if (value && value.kind !== kind) throw WRONG_TYPE
    return value as Extract<Value, { kind: K }> | undefined
  }

  set(key: string, value: Value, expires?: Instant): void {
    this.keys.set(key, { value, expires })
  }

  arg(at: number): string {
    return this.args[at] ?? ''
  }

  number(at: number): number {
    const value = Number(this.args[at])
    if (!Number.isSafeInteger(value)) throw error('ERR value is not an integer or out of range')
    return value
  }
}

const WRONG_TYPE = error('WRONGTYPE Operation against a key holding the wrong kind of value')
