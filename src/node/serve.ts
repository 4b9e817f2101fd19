import type { Request } from '../http/input.ts'
import { encode } from '../runtime/encode.ts'
import type { Served } from '../runtime/served.ts'
import type { Tank } from './tank.ts'

/** A fault of the tank itself must not end the process that serves it. */
export function serve(tank: Tank, request: Request): Served {
  try {
    return tank.serve(request)
  } catch (error) {
    const message = `wavetank: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
    return { kind: 'answer', answer: encode({ status: 500, json: { message } }) }
  }
}
