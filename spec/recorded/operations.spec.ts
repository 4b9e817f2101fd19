import { describe, expect, it } from 'vitest'
import { routes } from '../../src/engine/routes.ts'
import { misplaced, operationMarkdown, operations, operationTable } from './operations.ts'

const pause = { method: 'POST', path: '/containers/:name/pause', operationId: 'ContainerPause' }

describe('the table of operations', () => {
  it('has the 107 operations of 1.51, each once', () => {
    expect(operations).toHaveLength(107)
    expect(new Set(operations.map(({ method, path }) => `${method} ${path}`)).size).toBe(107)
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(107)
  })

  it('says built for what has a route, 501 for the rest', () => {
    const rows = operationTable([pause])
    expect(rows.filter(({ built }) => built).map(({ operationId }) => operationId)).toEqual(['ContainerPause'])
    expect(operationMarkdown(rows)).toMatch(/^1 of the 107 operations/)
    expect(operationMarkdown(rows)).toMatch(/\| Container \| 1 \/ \d+ \| `ContainerPause` \|/)
  })

  it('finds a route that is not where the description has it', () => {
    expect(misplaced([pause])).toEqual([])
    expect(misplaced([{ ...pause, method: 'PUT' }])).toEqual([
      'ContainerPause: PUT /containers/:name/pause is not POST /containers/{id}/pause',
    ])
  })

  it("has the engine's routes where the description has them", () => {
    expect(misplaced(routes)).toEqual([])
  })
})
