import type { Input } from '../../../http/input.ts'
import type { Identity } from '../../access-tokens/identity.ts'
import { REGISTRY_HOST } from '../../hosts.ts'
import { type Repository, repositoryKey } from '../../repositories/repository.ts'
import { type Rights, rights } from '../../repositories/rights.ts'
import type { HubState } from '../../state.ts'
import { callerIfAny } from '../caller.ts'
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

/** The repository of the path, for somebody who may do this with it. One that may not be seen is not there. */
export function repositoryFor(state: HubState, input: Input, need: keyof Rights): Found {
  const who = callerIfAny(state, input)
  if (!who && need !== 'pull') throw unauthorized()
  const repository = findRepository(state, nameOf(input))
  const may = rights(state, who, REGISTRY_HOST, repository.name)
  if (!may.pull) throw notFound()
  if (!may[need]) throw who?.token ? forbiddenToToken() : forbidden()
  return { repository, who, may }
}
