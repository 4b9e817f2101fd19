import type { HubRoute } from '../verb.ts'

/** A row under several paths. */
export const under = (paths: readonly string[], row: Omit<HubRoute, 'path'>): HubRoute[] =>
  paths.map((path) => ({ ...row, path }))

/** The row's own check: the same status, without the body. */
export const headOf = (row: HubRoute, operationId: string): HubRoute => ({
  ...row,
  method: 'HEAD',
  operationId,
  reply: (context) => {
    const { status, headers } = row.reply(context) as { status: number; headers?: [string, string][] }
    return headers ? { status, headers } : { status }
  },
})
