import { decode } from '../text/codec.ts'

/** The lines of a text, without their newlines. */
export function linesOf(bytes: Uint8Array): string[] {
  const lines = decode(bytes).split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}
