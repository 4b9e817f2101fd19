import { namespaceOf, type Repository } from '../repositories/repository.ts'
import { ALL_PUBLIC, type OrganisationToken, type Resource } from './organisation-token.ts'
import { holdsScope, type OrganisationScope, type RepositoryScope } from './scopes.ts'

/** Whether a resource is this repository, alone or among others. */
function covers({ type, path }: Resource, name: string, repository: Repository | undefined): boolean {
  if (type !== 'TYPE_REPO') return false
  if (path === ALL_PUBLIC) return repository?.visibility === 'public'
  return path === name || path === `${namespaceOf(name)}/*`
}

/** What a token may do with a repository: what is public is no more open to it than it says; of others it only reads. */
export function mayWith(
  token: OrganisationToken,
  repository: Repository | undefined,
  name: string,
  scope: RepositoryScope,
) {
  const own = namespaceOf(name) === token.organisation
  return token.resources
    .filter((resource) => covers(resource, name, repository))
    .filter(({ path }) => isReading(scope) || (own && path !== ALL_PUBLIC))
    .some(({ scopes }) => holdsScope(scopes, scope))
}

const isReading = (scope: RepositoryScope): boolean => scope === 'scope-image-pull' || scope.endsWith('-read')

/** What a token may do with its organisation. */
export const mayInOrganisation = ({ resources, organisation }: OrganisationToken, scope: OrganisationScope): boolean =>
  resources.some(({ type, path, scopes }) => type === 'TYPE_ORG' && path === organisation && holdsScope(scopes, scope))
