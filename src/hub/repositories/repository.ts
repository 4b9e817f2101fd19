import type { Instant } from '../../core/instant.ts'
import { Table } from '../../core/table.ts'
import type { Permission } from '../organisations/organisation.ts'

export type Visibility = 'public' | 'private'

/** A repository of one of the tank's registries. */
export interface Repository {
  /** The registry's host: `registry-1.docker.io`, `127.0.0.1:5000`. */
  readonly registry: string
  /** `library/busybox` */
  readonly name: string
  readonly visibility: Visibility
  readonly description: string
  /** Accounts beside the owner who may pull and push. */
  readonly collaborators: readonly string[]
  readonly stars: number
  readonly pulls: number
  readonly created: Instant
  readonly updated: Instant
  /** When its description or its settings were changed last. */
  readonly modified?: Instant
  readonly fullDescription?: string
  /** Accounts that gave one of the stars. */
  readonly starredBy?: readonly string[]
  /** Slugs. */
  readonly categories?: readonly string[]
  /** Tags that fit one of the rules cannot be moved or deleted. */
  readonly immutableTags?: { readonly enabled: boolean; readonly rules: readonly string[] }
  /** What teams of the organisation may do here. */
  readonly groups?: readonly { readonly id: number; readonly permission: Permission }[]
}

/** A repository as it is made: nothing in it, nobody has a part in it. */
export const newRepository = (
  where: { readonly registry: string; readonly name: string },
  now: Instant,
  more: Partial<Repository> = {},
): Repository => ({
  visibility: 'public',
  description: '',
  collaborators: [],
  stars: 0,
  pulls: 0,
  created: now,
  updated: now,
  ...more,
  registry: where.registry,
  name: where.name,
})

/** By `registry/name`. */
export type Repositories = Table<Repository>

export const noRepositories: Repositories = Table.empty

export const repositoryKey = (registry: string, name: string): string => `${registry}/${name}`

/** `library` of `library/busybox`. */
export const namespaceOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf('/')))

/** The names of a registry's repositories, in order. */
export const namesIn = (repositories: Repositories, registry: string): string[] =>
  repositories.prefix(`${registry}/`).map(({ name }) => name)
