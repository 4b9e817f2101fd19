import type { ClientRequest } from 'node:http'
import { bodyOf, plainRequest, responseOf } from '../runtime/respond.ts'
import type { Door } from '../runtime/wavetank.ts'
import { clientRequestOf } from './client-request.ts'
import { plain, upgraded } from './raw-socket.ts'

/** An intercepted request through the tank. */
export async function answer(door: Door, request: Request): Promise<Response> {
  const client = clientRequestOf(request)
  const body = request.body && !isEndless(request) ? await bodyOf(request) : new Uint8Array(0)
  const served = door.serve(plainRequest(request, body))
  if (served.kind === 'hijack' && client)
    return (request.headers.has('upgrade') ? upgraded : plain)(door, served, client)
  const signal = gone(request, client)
  try {
    return await responseOf(door, served, { method: request.method, signal, primed: true })
  } catch (error) {
    // Nobody is there to read it, and MSW would print it.
    if (signal.aborted) return Response.error()
    throw error
  }
}

/** dockerode never ends a chunked body that comes with an Upgrade. */
function isEndless({ headers }: Request): boolean {
  return headers.has('upgrade') && headers.has('transfer-encoding')
}

/** MSW 2 does not abort the signal of an intercepted `http.ClientRequest` whose client has left. */
function gone({ signal }: Request, client: ClientRequest | undefined): AbortSignal {
  if (!client) return signal
  const left = new AbortController()
  client.once('close', () => left.abort())
  return left.signal
}
