import type { Instant } from '../../core/instant.ts'
import { Table } from '../../core/table.ts'

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
}

/** By `registry/name`. */
export type Repositories = Table<Repository>

export const noRepositories: Repositories = Table.empty

export const repositoryKey = (registry: string, name: string): string => `${registry}/${name}`

/** `library` of `library/busybox`. */
export const namespaceOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf('/')))

/** The names of a registry's repositories, in order. */
export const namesIn = (repositories: Repositories, registry: string): string[] =>
  repositories.prefix(`${registry}/`).map(({ name }) => name)
