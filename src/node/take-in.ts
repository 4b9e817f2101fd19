import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Pieces } from '../http/intake.ts'
import type { HeaderPairs } from '../http/reply.ts'
import type { Served } from '../runtime/served.ts'
import { Parts } from './parts.ts'
import { send } from './send.ts'
import { serve } from './serve.ts'
import type { Tank } from './tank.ts'

/** So much is held back before it is handed over. */
const PIECE = 4 * 1024 * 1024

/** A long body piece by piece: what has come is in the tank even if the client leaves in the middle. */
export function takeIn(tank: Tank, req: IncomingMessage, res: ServerResponse, { next, last }: Pieces): void {
  const parts = new Parts()
  let at = 0
  let answered = false
  let before: HeaderPairs = []
  const hand = (as: Pieces['next']): Served => {
    const bytes = parts.take()
    const served = serve(tank, as(bytes, at, before))
    if (served.kind === 'answer') before = served.answer.headers
    at += bytes.length
    return served
  }
  const answer = (served: Served) => {
    answered = true
    if (served.kind !== 'hijack') send(tank, served, res)
  }
  req.on('data', (bytes: Buffer) => {
    if (answered) return
    parts.add(bytes)
    if (parts.size < PIECE) return
    const served = hand(next)
    if (served.kind !== 'answer' || served.answer.status >= 300) answer(served)
  })
  req.on('end', () => {
    if (!answered) answer(hand(last))
  })
  req.on('error', () => {})
  req.on('close', () => {
    if (!req.complete && !answered && parts.size > 0) hand(next)
  })
}
