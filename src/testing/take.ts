import type { Served } from '../runtime/served.ts'
import type { Wavetank } from '../runtime/wavetank.ts'
import type { Step } from './steps.ts'

const decoder = new TextDecoder()

/**
 * Does a step, lets its time go by, and tells what came back: status, headers and body. What comes only later is told as
 * far as it is there, and its reader leaves. On a tank with the `manual` clock the text depends on nothing but the tank.
 */
export function take(tank: Wavetank, { request, pause }: Step): string {
  const heard = hear(tank.serve(request))
  if (pause > 0) tank.clock.advance(pause)
  return `${request.method} ${request.target}\n${heard()}\n`
}

/**
 * What a tank answers to steps one after the other.
 *
 * @example
 * fc.assert(fc.property(steps(30), (all) => {
 *   const [a, b] = [createWavetank({ clock: 'manual' }), createWavetank({ clock: 'manual' })]
 *   expect(transcript(a, all)).toBe(transcript(b, all))
 * }))
 */
export const transcript = (tank: Wavetank, steps: readonly Step[]): string =>
  steps.map((step) => take(tank, step)).join('')

/** Reads an answer from now on; calling what it gives ends the reading and tells what was read. */
function hear(served: Served): () => string {
  if (served.kind === 'answer') {
    const { status, headers, body } = served.answer
    const text = [status, JSON.stringify(headers), ...body.map((part) => decoder.decode(part))].join('\n')
    return () => text
  }
  let text = ''
  served.pump.open({
    answer: ({ status }) => {
      text += `later ${status}`
    },
    chunk: (bytes) => {
      text += decoder.decode(bytes)
    },
    end: () => {
      text += '\nend'
    },
  })
  return () => {
    const heard = text
    served.pump.close()
    return heard
  }
}
