import { type TokenScope, widest } from '../access-tokens/access-token.ts'
import type { Identity } from '../access-tokens/identity.ts'
import type { Account } from '../accounts/account.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import type { OrganisationToken } from '../organisation-tokens/organisation-token.ts'
import { mayWith } from '../organisation-tokens/rights.ts'
import type { RepositoryScope } from '../organisation-tokens/scopes.ts'
import { type Organisation, type Permission, roleOf } from '../organisations/organisation.ts'
import type { HubState } from '../state.ts'
import { namespaceOf, type Repository, repositoryKey } from './repository.ts'

export interface Rights {
  readonly pull: boolean
  readonly push: boolean
  /** To change what the repository is, and to delete it and what it holds. */
  readonly admin: boolean
}

const ALL: Rights = { pull: true, push: true, admin: true }
const NONE: Rights = { pull: false, push: false, admin: false }
const PULL: Rights = { pull: true, push: false, admin: false }
const BY_PERMISSION: Readonly<Record<Permission, Rights>> = {
  read: PULL,
  write: { pull: true, push: true, admin: false },
  admin: ALL,
}

type Known = Pick<HubState, 'repositories' | 'organisations'>

/** What somebody, or anybody, may do on Docker Hub; a registry of one's own asks nobody. */
export function rights(state: Known, who: Identity | undefined, registry: string, name: string): Rights {
  if (registry !== REGISTRY_HOST) return ALL
  const repository = state.repositories.get(repositoryKey(registry, name))
  const open = repository?.visibility === 'public' ? PULL : NONE
  if (!who) return open
  if (who.organisationToken) return ofOrganisationToken(who.organisationToken, repository, name)
  const own = ofAccount(state, who.account, repository, name)
  return either(open, who.token ? limited(own, widest(who.token)) : own)
}

/** In the registry; what it may do by the API is asked scope by scope. */
function ofOrganisationToken(token: OrganisationToken, repository: Repository | undefined, name: string): Rights {
  const may = (scope: RepositoryScope) => mayWith(token, repository, name, scope)
  return { pull: may('scope-image-pull'), push: may('scope-image-push'), admin: may('scope-image-delete') }
}

function ofAccount(
  { organisations }: Known,
  account: Account,
  repository: Repository | undefined,
  name: string,
): Rights {
  const who = account.name
  const namespace = namespaceOf(name)
  if (owns(account, namespace)) return ALL
  const organisation = organisations.get(namespace)
  const role = roleOf(organisation, who)
  if (role === 'owner' || role === 'editor') return ALL
  if (!repository) return NONE
  const byTeams = organisation && role ? ofTeams(organisation, who, repository) : NONE
  return repository.collaborators.includes(who) ? either(byTeams, BY_PERMISSION.write) : byTeams
}

function ofTeams({ groups }: Organisation, who: string, repository: Repository): Rights {
  return groups
    .filter(({ members }) => members.includes(who))
    .map(({ id }) => repository.groups?.find((group) => group.id === id))
    .reduce((sum, group) => (group ? either(sum, BY_PERMISSION[group.permission]) : sum), NONE)
}

const either = (a: Rights, b: Rights): Rights => ({
  pull: a.pull || b.pull,
  push: a.push || b.push,
  admin: a.admin || b.admin,
})

/** No more than the token gives: what is public is open anyhow. */
function limited({ pull, push, admin }: Rights, scope: TokenScope): Rights {
  const [read, write, all] = {
    'repo:admin': [true, true, true],
    'repo:write': [true, true, false],
    'repo:read': [true, false, false],
    'repo:public_read': [false, false, false],
  }[scope] as [boolean, boolean, boolean]
  return { pull: pull && read, push: push && write, admin: admin && all }
}

/** Everybody has the namespace of one's name; `library` is of Docker's own people. */
export const owns = ({ name, admin }: Account, namespace: string): boolean =>
  name === namespace || (admin && namespace === 'library')
