import type { Repository } from './repository.ts'

export interface RepositoryEvents {
  /** A new repository, or a repository as it is from now on. */
  'repository.set': { readonly repository: Repository }
  /** With all that it holds. */
  'repository.delete': { readonly registry: string; readonly name: string }
}
