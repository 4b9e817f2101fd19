import type { HubRoute } from '../verb.ts'
import { VERSION_HEADER } from './errors.ts'

/** Without the slash at its end the router of the real registry sends one on. */
export const moved = (method: string, path: string): HubRoute => ({
  method,
  path,
  operationId: 'Moved',
  reply: ({ input: { request } }) => {
    const [at, query] = request.target.split('?', 2)
    const location = `${at}/${query === undefined ? '' : `?${query}`}`
    const text = method === 'GET' ? { text: `<a href="${location}">Moved Permanently</a>.\n\n` } : {}
    const type = method === 'GET' ? [['Content-Type', 'text/html; charset=utf-8'] as const] : []
    return { status: 301, headers: [VERSION_HEADER, ...type, ['Location', location]], ...text }
  },
})
