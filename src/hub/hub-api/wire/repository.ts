import { rfc3339Nano } from '../../../core/rfc3339.ts'
import type { Identity } from '../../access-tokens/identity.ts'
import { roleOf } from '../../organisations/organisation.ts'
import { namespaceOf, type Repository } from '../../repositories/repository.ts'
import { type Rights, rights } from '../../repositories/rights.ts'
import type { HubState } from '../../state.ts'
import { CATEGORIES } from '../repositories/categories.ts'
import { storedIn } from '../repositories/stored.ts'

const ACTIVE = 1

/** What a list of repositories says of each. components/schemas/repository_list_entry */
export function repositoryEntry(state: HubState, who: Identity | undefined, repository: Repository) {
  const {
    name,
    description,
    visibility,
    stars,
    pulls,
    updated,
    modified = updated,
    created,
    categories = [],
  } = repository
  const { mediaTypes, size } = storedIn(state.content, repository)
  return {
    name: name.slice(name.indexOf('/') + 1),
    namespace: namespaceOf(name),
    repository_type: 'image',
    status: ACTIVE,
    status_description: 'active',
    description,
    is_private: visibility === 'private',
    star_count: stars,
    pull_count: pulls,
    last_updated: rfc3339Nano(updated),
    last_modified: rfc3339Nano(modified),
    date_registered: rfc3339Nano(created),
    affiliation: affiliation(state, who, repository),
    media_types: mediaTypes,
    content_types: mediaTypes.length > 0 ? ['image'] : [],
    categories: categories.map((slug) => ({ name: CATEGORIES[slug] ?? slug, slug })),
    storage_size: size,
  }
}

/** What binds the caller to the repository; empty: nothing does. */
function affiliation(
  { organisations }: HubState,
  who: Identity | undefined,
  { name, collaborators }: Repository,
): string {
  const account = who?.account.name ?? ''
  const namespace = namespaceOf(name)
  if (account === namespace) return 'owner'
  const role = roleOf(organisations.get(namespace), account)
  if (role) return role
  return collaborators.includes(account) ? 'collaborator' : ''
}

/** components/schemas/repository_info */
export function repositoryInfo(state: HubState, who: Identity | undefined, repository: Repository) {
  const { name, registry, collaborators, starredBy, fullDescription, immutableTags } = repository
  const {
    affiliation: bound,
    storage_size: size,
    categories,
    media_types,
    content_types,
    ...entry
  } = repositoryEntry(state, who, repository)
  return {
    user: entry.namespace,
    ...entry,
    is_automated: false,
    collaborator_count: collaborators.length,
    affiliation: bound === '' ? null : bound,
    hub_user: entry.namespace,
    has_starred: starredBy?.includes(who?.account.name ?? '') ?? false,
    full_description: fullDescription ?? null,
    permissions: permissions(rights(state, who, registry, name)),
    media_types,
    content_types,
    categories,
    immutable_tags_settings: immutableTags ?? { enabled: false, rules: [] },
    storage_size: media_types.length > 0 ? size : null,
    source: null,
  }
}

const permissions = ({ pull, push, admin }: Rights) => ({ read: pull, write: push, admin })
