import type { Account } from '../accounts/account.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import { rights } from '../repositories/rights.ts'
import type { HubState } from '../state.ts'
import type { Scope } from './scope.ts'

/** Of what is asked for, what the account may do. Scopes of which nothing is left are not in the token. */
export function grant({ repositories }: HubState, account: Account | undefined, asked: readonly Scope[]): Scope[] {
  return asked.flatMap((scope): Scope[] => {
    if (scope.type !== 'repository') return []
    const allowed = rights(repositories, account, REGISTRY_HOST, scope.name)
    const actions = scope.actions.filter(
      (action) => (action === 'pull' && allowed.pull) || (isWrite(action) && allowed.push),
    )
    return actions.length > 0 ? [{ ...scope, actions }] : []
  })
}

const isWrite = (action: string) => action === 'push' || action === 'delete'
