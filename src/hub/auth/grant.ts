import { own } from '../../core/own.ts'
import type { Identity } from '../access-tokens/identity.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import { type Rights, rights } from '../repositories/rights.ts'
import type { HubState } from '../state.ts'
import type { Scope } from './scope.ts'

/** Of what is asked for, what somebody may do. Scopes of which nothing is left are not in the token. */
export function grant(state: HubState, who: Identity | undefined, registry: string, asked: readonly Scope[]): Scope[] {
  return asked.flatMap((scope): Scope[] => {
    const actions = registry === REGISTRY_HOST ? onHub(state, who, scope) : who ? onOwn(scope) : []
    return actions.length > 0 ? [{ ...scope, actions }] : []
  })
}

function onHub(state: HubState, who: Identity | undefined, { type, name, actions }: Scope): readonly string[] {
  if (type !== 'repository') return []
  const allowed = rights(state, who, REGISTRY_HOST, name)
  return actions.filter((action) => may(allowed, action))
}

/** Whoever has an account may do everything in a registry of one's own. */
function onOwn({ type, name, actions }: Scope): readonly string[] {
  const known =
    type === 'repository' ? ['pull', 'push', 'delete'] : type === 'registry' && name === 'catalog' ? ['*'] : []
  return actions.filter((action) => known.includes(action))
}

function may({ pull, push, admin }: Rights, action: string): boolean {
  return own({ pull, push, delete: admin }, action) ?? false
}
