import { ScriptError } from './script-error.ts'

/** A change to the text before it goes to the parser behind, which knows bash and not ash. */
export interface Edit {
  readonly at: number
  readonly remove: number
  readonly insert: string
}

/** What the reader knows while it reads one complete command out of `text`. */
export interface Reader {
  text: string
  pos: number
  readonly aliases: ReadonlyMap<string, string>
  /** Aliases that are being expanded, each until that much of the text is left. */
  readonly expanding: { readonly name: string; readonly rest: number; readonly blank: boolean }[]
  readonly edits: Edit[]
  readonly heredocs: { readonly delimiter: string; readonly stripTabs: boolean }[]
  /** The text was read to its end: more of it could change the outcome. */
  hitEnd: boolean
  /** The last token; a word is kept as written. */
  token: string
  tokenStart: number
  word: string
  quoted: boolean
  pushedBack: boolean
  depth: number
}

export const reader = (text: string, pos: number, aliases: ReadonlyMap<string, string>, depth = 0): Reader => ({
  text,
  pos,
  aliases,
  expanding: [],
  edits: [],
  heredocs: [],
  hitEnd: false,
  token: '',
  tokenStart: pos,
  word: '',
  quoted: false,
  pushedBack: false,
  depth,
})

export function refuse(reader: Reader, words: string): never {
  throw new ScriptError(words, newlines(reader.text, reader.pos))
}

export function newlines(text: string, end: number): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** The next character, past all backslash-newlines, which stand for nothing. */
export function peek(reader: Reader): string | undefined {
  while (reader.text[reader.pos] === '\\' && reader.text[reader.pos + 1] === '\n') reader.pos += 2
  const char = reader.text[reader.pos]
  if (char === undefined) reader.hitEnd = true
  return char
}

/** Deeper nesting is refused, so that a hostile script cannot overflow the host's stack. */
const DEPTH_LIMIT = 250

export function enter(reader: Reader): void {
  if (++reader.depth > DEPTH_LIMIT) refuse(reader, 'too much nesting')
}

export function leave(reader: Reader): void {
  reader.depth--
}
