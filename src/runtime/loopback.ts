import type { Request } from '../http/input.ts'
import type { Answer } from '../http/reply.ts'
import type { Daemon } from './daemon.ts'
import { serve } from './serve.ts'
import type { Timed } from './system.ts'

/** A request from inside the tank, served at once: what the answer needs happens in the same instant. */
export function loopback<S extends Timed<C>, C, E, F>(daemon: Daemon<S, C, E, F>, request: Request): Answer {
  const served = serve(daemon, request)
  if (served.kind === 'answer') {
    const { status, headers, body } = served.answer
    return { status, headers, bytes: body }
  }
  served.pump.close()
  return { status: 504, text: 'the answer is not there at once\n' }
}
