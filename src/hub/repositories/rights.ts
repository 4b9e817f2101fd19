import type { Account } from '../accounts/account.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import { namespaceOf, type Repositories, repositoryKey } from './repository.ts'

export interface Rights {
  readonly pull: boolean
  readonly push: boolean
}

const ALL: Rights = { pull: true, push: true }
const NONE: Rights = { pull: false, push: false }

/** What somebody, or anybody, may do on Docker Hub; a registry of one's own asks nobody. */
export function rights(
  repositories: Repositories,
  account: Account | undefined,
  registry: string,
  name: string,
): Rights {
  if (registry !== REGISTRY_HOST) return ALL
  if (account && owns(account, namespaceOf(name))) return ALL
  const repository = repositories.get(repositoryKey(registry, name))
  if (!repository) return NONE
  if (account && repository.collaborators.includes(account.name)) return ALL
  return { pull: repository.visibility === 'public', push: false }
}

/** Everybody has the namespace of one's name; `library` is of Docker's own people. */
export const owns = ({ name, admin }: Account, namespace: string): boolean =>
  name === namespace || (admin && namespace === 'library')
