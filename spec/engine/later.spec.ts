import { describe, expect, it } from 'vitest'
import { routes } from '../../src/engine/routes.ts'
import { runningRoutes } from '../../src/engine/running/index.ts'
import type { EngineRoute } from '../../src/engine/verb.ts'

const row = ({ method, path, operationId }: EngineRoute) => `${method} ${path} ${operationId}`

describe('endpoints that are loaded later', () => {
  it('are named as they are', () => {
    const names = new Set(runningRoutes.map(({ operationId }) => operationId))
    expect(routes.filter(({ operationId }) => names.has(operationId)).map(row)).toEqual(runningRoutes.map(row))
  })
})
