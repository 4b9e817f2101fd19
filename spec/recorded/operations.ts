import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** An operation of the official description. */
export interface Operation {
  readonly tag: string
  readonly method: string
  readonly path: string
  readonly operationId: string
}

/** What is known of a route: `src/http/route.ts`, without its functions. */
export interface RouteRow {
  readonly method: string
  readonly path: string
  readonly operationId: string
}

export interface OperationRow extends Operation {
  readonly built: boolean
}

const file = fileURLToPath(new URL('../../fixtures/operations-1.51.json', import.meta.url))

export const operations = JSON.parse(readFileSync(file, 'utf8')) as readonly Operation[]

/** Each operation of the description, and whether a route of ours answers it with more than 501. */
export function operationTable(routes: readonly RouteRow[]): readonly OperationRow[] {
  const built = new Set(routes.map(({ operationId }) => operationId))
  return operations.map(({ tag, method, path, operationId }) => ({
    tag,
    method,
    path,
    operationId,
    built: built.has(operationId),
  }))
}

/** Operations none of whose routes is where the description has it; the daemon has a second one for some (`/networks/`). */
export function misplaced(routes: readonly RouteRow[]): readonly string[] {
  const described = new Map<string, Operation[]>()
  for (const operation of operations)
    described.set(operation.operationId, [...(described.get(operation.operationId) ?? []), operation])
  const isInPlace = ({ operationId, method, path }: RouteRow) =>
    described.get(operationId)?.some((one) => one.method === method && sameForm(one.path, path)) ?? true
  const placed = new Set(routes.filter(isInPlace).map(({ operationId }) => operationId))
  return routes
    .filter((route) => !isInPlace(route) && !placed.has(route.operationId))
    .map(({ operationId, method, path }) => {
      const known = described.get(operationId) ?? []
      return `${operationId}: ${method} ${path} is not ${known.map((one) => `${one.method} ${one.path}`).join(', ')}`
    })
}

/** `/images/{name}/json` and `/images/*name/json` have one form. */
const sameForm = (described: string, ours: string) =>
  described.replace(/\{[^}]+\}/g, '*') === ours.replace(/[:*][^/]+/g, '*')

/** The table of the README: one line a tag, its operations behind `built` or `501`. */
export function operationMarkdown(rows: readonly OperationRow[]): string {
  const tags = [...new Set(rows.map(({ tag }) => tag))]
  const names = (some: readonly OperationRow[]) => some.map(({ operationId }) => `\`${operationId}\``).join(' ') || '–'
  const lines = tags.map((tag) => {
    const ofTag = rows.filter((row) => row.tag === tag)
    const built = ofTag.filter((row) => row.built)
    return `| ${tag} | ${built.length} / ${ofTag.length} | ${names(built)} | ${names(ofTag.filter((row) => !row.built))} |`
  })
  const sum = `${rows.filter(({ built }) => built).length} of the ${rows.length} operations of the Engine API 1.51 are built.`
  return [sum, '', '| | | built | 501 |', '|---|---|---|---|', ...lines].join('\n')
}
