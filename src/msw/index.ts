import { type HttpHandler, http } from 'msw'
import type { Door } from '../runtime/wavetank.ts'
import { answer } from './answer.ts'
import { type Claimed, claims } from './claims.ts'
import { PublishedPorts, type Publisher } from './published.ts'

export type { Claimed } from './claims.ts'

/** Which requests of the process the tank answers. */
export interface HandlersOptions extends Claimed {
  /** Whether the tank's registries are answered too, Docker Hub first of all. Default true. */
  readonly hub?: boolean
}

/**
 * MSW handlers in front of a tank: one for the engine, one for Docker Hub, one for the published ports of running containers
 * (`http://localhost:8080`). A request for another host stays unhandled, and what you add with `server.use(…)` goes before them.
 *
 * What MSW cannot carry, and `listen` and `agent` of `wavetank/node` can:
 * - back-pressure: MSW takes whatever a stream gives, however slowly the client reads;
 * - `response.body.cancel()` of fetch: MSW keeps a copy of the body and does not pass it on (an `AbortSignal` works);
 * - npm's undici (`request`, its own `fetch`) and websockets: MSW does not intercept them with these handlers.
 *
 * @example
 * const tank = createWavetank()
 * const server = setupServer(...handlers(tank))
 * server.use(http.post('*\/containers/create', () => HttpResponse.json({ message: 'no space left on device' }, { status: 500 })))
 */
export function handlers(
  tank: Door & Partial<Publisher>,
  { hub = true, ...claimed }: HandlersOptions = {},
): HttpHandler[] {
  const isEngine = claims(claimed)
  const isHub = ({ url }: Request) => hub && tank.answers(new URL(url).origin)
  const resolve = ({ request }: { request: Request }) => answer(tank, request)
  return [
    http.all(({ request }) => isEngine(request), resolve),
    http.all(({ request }) => isHub(request), resolve),
    ...publishedHandlers(tank),
  ]
}

/** For what containers publish, where the tank can tell of it. */
function publishedHandlers(tank: Door & Partial<Publisher>): HttpHandler[] {
  if (!tank.watchPorts || !tank.connect) return []
  const ports = new PublishedPorts(tank as Publisher)
  return [
    http.all(
      ({ request }) => ports.has(request),
      ({ request }) => ports.answer(request),
    ),
  ]
}
