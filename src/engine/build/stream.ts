import type { Follow } from '../../http/follow.ts'
import { progressLine } from '../../http/json-lines.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'

const decoder = new TextDecoder()

/** What a client wants to hear: with `quiet` only the image's id; `aux`: the line for programs too. */
export interface Told {
  readonly quiet: boolean
  readonly aux: boolean
}

/** The stream of a build: its own lines, and between them what its containers write. */
export function follow(id: string, { quiet, aux }: Told): Follow<EngineState, EngineEvent, string | undefined> {
  const wanted = (line: object) => (quiet ? 'error' in line : aux || !('aux' in line))
  const told = (lines: readonly object[]) => lines.filter(wanted).map(progressLine)
  return {
    waits: true,
    seed: { acc: undefined },
    step(running, event) {
      if (event.type === 'build.advance' && event.build.id === id)
        return { acc: event.build.running, chunks: told(event.lines) }
      if (event.type === 'build.end' && event.id === id) {
        const only = quiet && event.image !== undefined ? [progressLine({ stream: `${event.image}\n` })] : []
        return { acc: undefined, chunks: [...told(event.lines), ...only], done: true }
      }
      if (event.type !== 'container.output' || event.id !== running) return { acc: running }
      return { acc: running, chunks: told([{ stream: coloured(decoder.decode(event.bytes), event.stream) }]) }
    },
  }
}

/** What goes to standard error is red. */
const coloured = (text: string, stream: 1 | 2) => (stream === 2 ? `\u001b[91m${text}\u001b[0m` : text)
