import type { Identity } from '../access-tokens/identity.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import { type Rights, rights } from '../repositories/rights.ts'
import type { HubState } from '../state.ts'
import type { Scope } from './scope.ts'

/** Of what is asked for, what somebody may do. Scopes of which nothing is left are not in the token. */
export function grant(state: HubState, who: Identity | undefined, asked: readonly Scope[]): Scope[] {
  return asked.flatMap((scope): Scope[] => {
    if (scope.type !== 'repository') return []
    const allowed = rights(state, who, REGISTRY_HOST, scope.name)
    const actions = scope.actions.filter((action) => may(allowed, action))
    return actions.length > 0 ? [{ ...scope, actions }] : []
  })
}

function may({ pull, push, admin }: Rights, action: string): boolean {
  return { pull, push, delete: admin }[action] ?? false
}
