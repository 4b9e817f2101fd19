import type { Sink } from '../gzip/sink.ts'
import { Input } from './input.ts'
import { corrupt } from './invalid.ts'
import { type LiteralsContext, readLiterals } from './literals.ts'
import { readSequences, type Sequence, type SequencesContext } from './sequences.ts'

const BLOCK = 128 * 1024

/** What a frame's blocks know of those before. */
export interface FrameContext extends LiteralsContext, SequencesContext {
  /** The last three offsets, the newest first. */
  recent: [number, number, number]
  /** Where in the output the frame begins. */
  readonly start: number
}

export const frameContext = (start: number): FrameContext => ({
  huffman: undefined,
  literals: undefined,
  offsets: undefined,
  matches: undefined,
  recent: [1, 4, 8],
  start,
})

export function readBlock(bytes: Uint8Array, context: FrameContext, sink: Sink): void {
  const input = new Input(bytes)
  const literals = readLiterals(input, context)
  const sequences = readSequences(input, context)
  const matched = sequences.reduce((all, { match }) => all + match, 0)
  const own = sequences.reduce((all, { literals: count }) => all + count, 0)
  if (own > literals.length || literals.length + matched > BLOCK) throw corrupt()
  const at = sink.length
  put(sequences, literals, sink.reserve(literals.length + matched), at, context)
}

function put(
  sequences: readonly Sequence[],
  literals: Uint8Array,
  out: Uint8Array,
  start: number,
  context: FrameContext,
): void {
  let [at, from] = [start, 0]
  for (const sequence of sequences) {
    out.set(literals.subarray(from, from + sequence.literals), at)
    at += sequence.literals
    from += sequence.literals
    const offset = offsetOf(sequence, context)
    if (offset > at - context.start) throw corrupt()
    for (const end = at + sequence.match; at < end; at++) out[at] = out[at - offset]!
  }
  out.set(literals.subarray(from), at)
}

/** One of the last three, or a new one, which becomes the newest. Without literals before it, the newest is not meant. */
function offsetOf({ offset, literals }: Sequence, context: FrameContext): number {
  const [a, b, c] = context.recent
  const which = offset > 3 ? 4 : offset + (literals === 0 ? 1 : 0)
  if (which === 1) return a
  const found = offset > 3 ? offset - 3 : which === 2 ? b : which === 3 ? c : a - 1
  if (found === 0) throw corrupt()
  context.recent = which === 2 ? [found, a, c] : [found, a, b]
  return found
}
