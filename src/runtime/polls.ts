import { type Duration, SECOND } from '../core/instant.ts'
import type { Request } from '../http/input.ts'

/** How much virtual time goes by between two looks of a client that polls. */
export const POLL_INTERVAL: Duration = SECOND

/** Questions about containers and what runs in them: what one polls for. */
const POLLED = /^(\/v[\d.]+)?\/(containers|exec)\//

/**
 * Who asks the same question again, when nothing has happened since, waits for something to happen: with the auto clock
 * that is a wait like any other. It depends on the requests alone, so the same requests still give the same bytes.
 */
export class Polls {
  /** What was asked since something last happened. */
  readonly #asked = new Set<string>()
  #position = -1

  /** Whether this was asked already, and nothing has happened since it was answered. */
  again({ method, target }: Request, position: number): boolean {
    if (position !== this.#position) this.#asked.clear()
    if (method !== 'GET' || !POLLED.test(target)) return false
    const asked = this.#asked.has(target)
    // The next round begins.
    if (asked) this.#asked.clear()
    this.#asked.add(target)
    return asked
  }

  /** A request was answered after so many events. */
  answered(position: number): void {
    this.#position = position
  }
}
