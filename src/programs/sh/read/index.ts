import { list } from './grammar.ts'
import { type Edit, newlines, reader } from './reader.ts'
import { ScriptError } from './script-error.ts'

/** One complete command of a script: what ash reads before it executes. */
export type Piece =
  | { readonly type: 'end' }
  /** `code` is for the parser: aliases put in, and words that only bash knows made ordinary. */
  | {
      readonly type: 'command'
      readonly code: string
      readonly text: string
      readonly pos: number
      readonly more: boolean
    }
  /** `line`: newlines read before. `more`: the input ended within the command; with more of it, it could be right. */
  | { readonly type: 'error'; readonly words: string; readonly line: number; readonly more: boolean }

const NO_ALIASES: ReadonlyMap<string, string> = new Map()

/**
 * Reads the next complete command of `text` from `pos` on, a line or as many as it needs.
 * `command.text` and `command.pos` are where to go on: aliases may have changed the text.
 */
export function readPiece(text: string, pos: number, aliases: ReadonlyMap<string, string> = NO_ALIASES): Piece {
  const state = reader(text, pos, aliases)
  try {
    if (!list(state, 1)) return { type: 'end' }
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error
    return { type: 'error', words: error.words, line: error.line - newlines(text, pos), more: state.hitEnd }
  }
  const code = edited(state.text.slice(pos, state.pos), state.edits, pos)
  return { type: 'command', code, text: state.text, pos: state.pos, more: state.hitEnd }
}

function edited(code: string, edits: readonly Edit[], offset: number): string {
  if (edits.length === 0) return code
  let result = ''
  let from = 0
  for (const { at, remove, insert } of [...edits].sort((a, b) => a.at - b.at)) {
    result += code.slice(from, at - offset) + insert
    from = at - offset + remove
  }
  return result + code.slice(from)
}
