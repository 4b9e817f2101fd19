import type { Request } from '../http/input.ts'

const encoder = new TextEncoder()

/**
 * A request to the engine as plain data, for `tank.serve`: the path is given without its version.
 *
 * @example
 * tank.serve(request('POST', '/containers/create?name=web', { Image: 'nginx' }))
 */
export const request = (method: string, path: string, body?: unknown): Request => ({
  method,
  target: `/v1.51${path}`,
  headers: body === undefined ? {} : { 'content-type': 'application/json' },
  body: body === undefined ? new Uint8Array() : encoder.encode(JSON.stringify(body)),
})
