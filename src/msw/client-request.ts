import type { ClientRequest } from 'node:http'
import { createRequire } from 'node:module'

/**
 * The `http.ClientRequest` behind an intercepted request; `undefined` for fetch. It knows the socket path, which is not
 * in the URL, and the client's socket. MSW does not hand it out: this leans on how versions 2 and 3 keep it.
 */
export function clientRequestOf(request: Request): ClientRequest | undefined {
  const mark = Object.getOwnPropertySymbols(request).find(({ description }) => description === 'kRawRequest')
  const raw = mark ? (request as unknown as Record<symbol, unknown>)[mark] : initiators?.get(request)
  const { socket } = (raw ?? {}) as { socket?: { _httpMessage?: ClientRequest } | null }
  // On a kept socket MSW 3 gives the request that opened it.
  return socket?._httpMessage ?? (socket ? (raw as ClientRequest) : undefined)
}

interface Interceptor {
  apply(): void
  on(event: 'request', listen: (event: { request: Request; initiator: unknown }) => void): void
}

/** MSW 3 tells who made a request only to interceptors; they must be of the copy that this MSW uses, and come before its own. */
function listenForInitiators(): WeakMap<Request, unknown> | undefined {
  try {
    const ofMsw = createRequire(createRequire(import.meta.url).resolve('msw/node'))
    const module = ofMsw('@mswjs/interceptors/http') as { HttpRequestInterceptor: new () => Interceptor }
    const interceptor = new module.HttpRequestInterceptor()
    const found = new WeakMap<Request, unknown>()
    interceptor.apply()
    interceptor.on('request', ({ request, initiator }) => found.set(request, initiator))
    return found
  } catch {
    // MSW 2 has no such module, and needs none.
    return undefined
  }
}

const initiators = listenForInitiators()
