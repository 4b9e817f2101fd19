import type { Input } from '../../../http/input.ts'
import type { Identity } from '../../access-tokens/identity.ts'
import { REGISTRY_HOST } from '../../hosts.ts'
import type { OrganisationToken } from '../../organisation-tokens/organisation-token.ts'
import { mayWith } from '../../organisation-tokens/rights.ts'
import type { RepositoryScope } from '../../organisation-tokens/scopes.ts'
import { type Repository, repositoryKey } from '../../repositories/repository.ts'
import { type Rights, rights } from '../../repositories/rights.ts'
import type { HubState } from '../../state.ts'
import { anyCallerIfAny, callerIfAny } from '../caller.ts'
import { forbidden, forbiddenToToken, notFound, unauthorized } from '../errors.ts'

export interface Found {
  readonly repository: Repository
  readonly who: Identity | undefined
  readonly may: Rights
}

export const nameOf = ({ params }: Input): string => `${params.namespace}/${params.repository}`

export function findRepository({ repositories }: HubState, name: string): Repository {
  const repository = repositories.get(repositoryKey(REGISTRY_HOST, name))
  if (!repository) throw notFound()
  return repository
}

/** The older paths are closed to organisations' tokens. */
export const visitorIfAny = (state: HubState, input: Input): Identity | undefined =>
  input.request.target.startsWith('/v2/namespaces/') ? anyCallerIfAny(state, input) : callerIfAny(state, input)

export function visitorOf(state: HubState, input: Input): Identity {
  const who = visitorIfAny(state, input)
  if (!who) throw unauthorized()
  return who
}

/** A part of the API of repositories: what its path ends in, and the scopes for reading, changing and deleting there. */
const PARTS: readonly (readonly [RegExp, RepositoryScope, RepositoryScope, RepositoryScope])[] = [
  [/\/tags(?:\/|$)/, 'scope-tag-read', 'scope-tag-admin', 'scope-tag-admin'],
  [/\/groups(?:\/|$)/, 'scope-repo-group-read', 'scope-repo-group-edit', 'scope-repo-group-admin'],
  [
    /\/immutabletags(?:\/|$)/,
    'scope-repository-settings-admin',
    'scope-repository-settings-admin',
    'scope-repository-settings-admin',
  ],
  [/\/stars$/, 'scope-repository-read', 'scope-repository-edit', 'scope-repository-edit'],
  [/(?:)/, 'scope-repository-read', 'scope-repository-edit', 'scope-repository-admin'],
]

/** All that is asked for, or nothing. What a token may not do with what it sees is forbidden, the rest is hidden. */
function byScope(token: OrganisationToken, repository: Repository, { request: { method, target } }: Input): Rights {
  const path = target.split('?')[0]!
  const below = path.split('/').slice(6).join('/')
  const [, read, edit, remove] = PARTS.find(([part]) => part.test(`/${below}`))!
  const wanted = method === 'GET' || method === 'HEAD' ? read : method === 'DELETE' ? remove : edit
  const may = (scope: RepositoryScope) => mayWith(token, repository, repository.name, scope)
  const looks = wanted === read
  const seen = repository.visibility === 'public' || may(read) || may('scope-repository-read')
  return { pull: looks ? may(read) : seen, push: may(wanted), admin: may(wanted) }
}

/** The repository of the path, for somebody who may do this with it. One that may not be seen is not there. */
export function repositoryFor(state: HubState, input: Input, need: keyof Rights): Found {
  const who = visitorIfAny(state, input)
  if (!who && need !== 'pull') throw unauthorized()
  const repository = findRepository(state, nameOf(input))
  const may = who?.organisationToken
    ? byScope(who.organisationToken, repository, input)
    : rights(state, who, REGISTRY_HOST, repository.name)
  if (!may.pull) throw notFound()
  if (!may[need]) throw who?.token ? forbiddenToToken() : forbidden()
  return { repository, who, may }
}
