import type { Repository } from './repository.ts'

export interface RepositoryEvents {
  /** A new repository, or a repository as it is from now on. */
  'repository.set': { readonly repository: Repository }
  /** With its tags and manifests. */
  'repository.delete': { readonly registry: string; readonly name: string }
}
