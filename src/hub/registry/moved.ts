import type { HubRoute } from '../verb.ts'
import { VERSION_HEADER } from './errors.ts'

/** Without the slash at its end the router of the real registry sends one on. */
export const moved = (path: string): HubRoute[] => METHODS.map((method) => row(method, path))

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

const row = (method: string, path: string): HubRoute => ({
  method,
  path,
  operationId: 'Moved',
  reply: ({ input: { request } }) => {
    const [at, query] = request.target.split('?', 2)
    const location = `${at}/${query === undefined ? '' : `?${query}`}`
    const readable = method === 'GET' || method === 'HEAD'
    const text = method === 'GET' ? { text: `<a href="${location}">Moved Permanently</a>.\n\n` } : {}
    const type = readable ? [['Content-Type', 'text/html; charset=utf-8'] as const] : []
    return { status: 301, headers: [VERSION_HEADER, ...type, ['Location', location]], ...text }
  },
})
