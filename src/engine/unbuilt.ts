import { Problem } from '../core/problem.ts'
import { operations } from './operations.ts'
import type { EngineRoute } from './verb.ts'

/** A route for each operation that no domain has: it answers 501 and says so. */
export function unbuiltRoutes(built: readonly EngineRoute[]): readonly EngineRoute[] {
  const known = new Set(built.map(({ operationId }) => operationId))
  return operations
    .filter(({ operationId }) => !known.has(operationId))
    .map(({ method, path, operationId }) => ({
      method,
      path,
      operationId,
      reply: () => {
        throw new Problem(
          'NotImplemented',
          `${operationId} is an operation of the Docker API that wavetank has not built`,
        )
      },
    }))
}
