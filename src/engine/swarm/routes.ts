import { Problem } from '../../core/problem.ts'
import { operations } from '../operations.ts'
import type { EngineRoute } from '../verb.ts'

const notManager = new Problem(
  'Unavailable',
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
)
const notMember = new Problem('Unavailable', 'This node is not part of a swarm')

const MANAGED = /^(Node|Service|Task|Secret|Config)/
const MANAGER_ONLY = new Set(['SwarmInspect', 'SwarmUpdate', 'SwarmUnlockkey'])

/** A daemon outside of any swarm refuses all of it; `init` and `join` are not built. */
export const swarmRoutes: readonly EngineRoute[] = operations.flatMap((operation): EngineRoute[] => {
  const { operationId } = operation
  if (operationId === 'SwarmLeave') return [refusing(operation, notMember)]
  return MANAGED.test(operationId) || MANAGER_ONLY.has(operationId) ? [refusing(operation, notManager)] : []
})

function refusing(operation: Pick<EngineRoute, 'method' | 'path' | 'operationId'>, problem: Problem): EngineRoute {
  return {
    ...operation,
    reply: () => {
      throw problem
    },
  }
}
