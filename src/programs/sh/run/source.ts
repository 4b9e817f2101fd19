import type { Wait } from '../../kernel/program.ts'
import { sayError } from '../complain.ts'
import { Failure } from '../failure.ts'
import type { SourceFrame } from '../frames.ts'
import { lower } from '../lower/index.ts'
import { readPiece } from '../read/index.ts'
import { newlines } from '../read/reader.ts'
import type { Session } from '../session.ts'
import type { List } from '../tree.ts'
import { raiseFailure } from './exit.ts'
import { pop, push } from './stack.ts'

/** Text to execute. `line` is that of its first line. */
export const source = (
  text: string,
  line: number,
  { aliases = true, last = false, lenient = false, echoes = false } = {},
): SourceFrame => ({
  type: 'source',
  text,
  pos: 0,
  line,
  aliases,
  last,
  lenient,
  echoes,
})

const NO_ALIASES: ReadonlyMap<string, string> = new Map()
const cache = new Map<string, List>()
const CACHE_SIZE = 500
const CACHED_LENGTH = 20_000

/** The tree of a complete command; the last ones are remembered, since loops and health checks come again and again. */
export function treeOf(code: string, line: number): List {
  if (code.length > CACHED_LENGTH) return lower(code, line)
  const key = `${line} ${code}`
  const known = cache.get(key)
  if (known) return known
  const tree = lower(code, line)
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(key, tree)
  return tree
}

/** Reads the next complete command and executes it before the one after it is read. */
export function runSource(session: Session, frame: SourceFrame): Wait | undefined {
  const { shell } = session
  const piece = readPiece(frame.text, frame.pos, frame.aliases ? shell.aliases : NO_ALIASES)
  if (piece.type === 'end' || (piece.type === 'error' && frame.lenient)) {
    pop(session)
    return undefined
  }
  if (piece.type === 'error') {
    shell.line = frame.line + piece.line
    return raiseFailure(session, new Failure(`syntax error: ${piece.words}`))
  }
  const read = piece.text.slice(frame.pos, piece.pos)
  if (shell.options.v && frame.echoes) sayError(session, read)
  const tree = treeOf(piece.code, frame.line)
  frame.line += newlines(read, read.length)
  frame.text = piece.text
  frame.pos = piece.pos
  if (!shell.options.n) push(shell, { type: 'list', list: tree, next: 0 })
  return undefined
}
