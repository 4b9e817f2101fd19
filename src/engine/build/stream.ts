import type { Follow, Step } from '../../http/follow.ts'
import { progressLine } from '../../http/json-lines.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'

const decoder = new TextDecoder()

interface Told {
  /** The container whose output belongs to the stream. */
  readonly running: string | undefined
  /** The conversation of a pull whose lines do. */
  readonly pulling: string | undefined
  /** Lines that a quiet build tells only if it fails. */
  readonly kept: readonly Uint8Array[]
}

/** The stream of a build: its own lines, and between them what its containers write. With `quiet` only the image's id. */
export function follow(
  id: string,
  quiet: boolean,
  before: readonly object[] = [],
): Follow<EngineState, EngineEvent, Told> {
  const tell = (told: Told, lines: readonly unknown[]): Step<Told> => {
    const bytes = lines.map(progressLine)
    return quiet ? { acc: { ...told, kept: [...told.kept, ...bytes] } } : { acc: told, chunks: bytes }
  }
  return {
    waits: true,
    seed: tell({ running: undefined, pulling: undefined, kept: [] }, before),
    step(told, event) {
      if (event.type === 'build.advance' && event.build.id === id) {
        const { running, pulling } = event.build
        return tell({ ...told, running, pulling: pulling?.conversation }, event.lines)
      }
      if (event.type === 'distribution.say' && event.id === told.pulling) return tell(told, event.lines)
      if (event.type === 'build.end' && event.id === id) {
        const { acc, chunks = acc.kept } = tell(told, event.lines)
        const only = quiet && event.image !== undefined
        return { acc, chunks: only ? [progressLine({ stream: `${event.image}\n` })] : chunks, done: true }
      }
      if (event.type !== 'container.output' || event.id !== told.running) return { acc: told }
      return tell(told, [{ stream: coloured(decoder.decode(event.bytes), event.stream) }])
    },
  }
}

/** What goes to standard error is red. */
const coloured = (text: string, stream: 1 | 2) => (stream === 2 ? `\u001b[91m${text}\u001b[0m` : text)
