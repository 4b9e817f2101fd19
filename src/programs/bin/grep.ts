import { isDirectory } from '../../storage/inode.ts'
import { decode } from '../text/codec.ts'
import { RegularExpressionError, regularExpression } from '../text/regular-expression.ts'
import type { Call } from './call.ts'
import { filter } from './filter.ts'
import { joined } from './paths.ts'
import { usage } from './tool.ts'

interface Grep {
  patterns: string[]
  inputs: string[]
  /** The input in hand, its lines and those that were selected. */
  file: string
  line: number
  selected: number
  /** Lines before, in case they turn out to be context, and how many lines after are still to be shown. */
  before: string[]
  after: number
  lastShown: number
  any: boolean
  done: boolean
}

const LINE = 'grep [-HhnlLoqvsrRiwFEz] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...'

function number(call: Call<Grep>, ...options: string[]): number {
  for (const option of options) {
    const value = call.value(option)
    if (value !== undefined && /^\d+$/.test(value)) return Number(value)
  }
  return 0
}

/** The patterns and the files, or the exit code. */
function start(call: Call<Grep>): number | undefined {
  const { data } = call
  const operands = [...call.operands]
  data.patterns = call.values('e').flatMap((pattern) => pattern.split('\n'))
  for (const path of call.values('f')) {
    const bytes = call.attempt(() => call.files.readFile(call.caller, path, call.here))
    if (!bytes) return 2
    const lines = decode(bytes).split('\n')
    if (lines.at(-1) === '') lines.pop()
    data.patterns.push(...lines)
  }
  if (!call.has('e') && !call.has('f')) {
    const pattern = operands.shift()
    if (pattern === undefined) {
      usage(call, LINE)
      return 2
    }
    data.patterns = pattern.split('\n')
  }
  const recursive = call.has('r') || call.has('R')
  data.inputs = recursive ? (operands.length > 0 ? operands : ['.']).flatMap((path) => walk(call, path)) : operands
  if (data.inputs.length === 0 && !recursive) data.inputs = ['-']
  try {
    if (!isPlain(call)) for (const pattern of data.patterns) compiled(call, pattern)
  } catch (error) {
    if (!(error instanceof RegularExpressionError)) throw error
    call.fail(`bad regex '${data.patterns[0]}': ${error.words}`, 2)
    return 2
  }
  return undefined
}

function walk(call: Call<Grep>, path: string): string[] {
  const node = call.files.lookup(path, call.here)
  if (!node || !isDirectory(node)) return [path]
  const names = call.attempt(() => call.files.readdir(call.caller, path, call.here)) ?? []
  return names.flatMap((name) => {
    const below = path === '.' ? name : joined(path, name)
    const found = call.files.lookup(below, call.there)
    return found && (call.has('R') || (found.mode & 0o170000) !== 0o120000) ? walk(call, below) : []
  })
}

function compiled(call: Call<Grep>, pattern: string): RegExp {
  const extended = call.has('E') || call.name === 'egrep'
  return regularExpression(pattern, { extended, ignoreCase: call.has('i'), global: true })
}

interface Span {
  readonly from: number
  readonly to: number
}

const isPlain = (call: Call<Grep>) => call.has('F') || call.name === 'fgrep'

/** The first match from `from` on, of whichever pattern. */
function find(call: Call<Grep>, line: string, from: number): Span | undefined {
  let best: Span | undefined
  for (const pattern of call.data.patterns) {
    const span = findOne(call, pattern, line, from)
    if (span && (!best || span.from < best.from || (span.from === best.from && span.to > best.to))) best = span
  }
  return best
}

function findOne(call: Call<Grep>, pattern: string, line: string, from: number): Span | undefined {
  for (let at = from; at <= line.length; ) {
    const span = isPlain(call) ? plain(call, pattern, line, at) : match(call, pattern, line, at)
    if (!span || suits(call, line, span)) return span
    at = span.from + 1
  }
  return undefined
}

function plain(call: Call<Grep>, pattern: string, line: string, at: number): Span | undefined {
  const ignore = call.has('i')
  const from = ignore ? line.toLowerCase().indexOf(pattern.toLowerCase(), at) : line.indexOf(pattern, at)
  return from < 0 ? undefined : { from, to: from + pattern.length }
}

function match(call: Call<Grep>, pattern: string, line: string, at: number): Span | undefined {
  const expression = compiled(call, pattern)
  expression.lastIndex = at
  const found = expression.exec(line)
  return found ? { from: found.index, to: found.index + found[0].length } : undefined
}

const isWord = (char: string | undefined) => char !== undefined && /\w/.test(char)

/** `-x` wants the whole line, `-w` whole words. */
function suits(call: Call<Grep>, line: string, { from, to }: Span): boolean {
  if (call.has('x')) return from === 0 && to === line.length
  return !call.has('w') || (!isWord(line[from - 1]) && !isWord(line[to]))
}

function onLine(call: Call<Grep>, line: string): void {
  const { data } = call
  if (data.done) return
  data.line++
  const span = find(call, line, 0)
  if ((span !== undefined) === call.has('v')) return context(call, line)
  data.selected++
  data.any = true
  if (call.has('q')) return call.finish(0)
  const limit = number(call, 'm')
  if (call.has('l') || call.has('L') || (limit > 0 && data.selected >= limit)) data.done = true
  if (call.has('l') || call.has('L') || call.has('c')) return
  if (call.has('o')) {
    if (span) only(call, line, span)
    return
  }
  showBefore(call)
  show(call, line, ':')
  data.after = number(call, 'A', 'C')
}

function only(call: Call<Grep>, line: string, first: Span): void {
  for (let span: Span | undefined = first; span; span = find(call, line, Math.max(span.to, span.from + 1)))
    if (span.to > span.from) show(call, line.slice(span.from, span.to), ':')
}

function context(call: Call<Grep>, line: string): void {
  const { data } = call
  if (data.after > 0) {
    data.after--
    show(call, line, '-')
    return
  }
  const keep = number(call, 'B', 'C')
  if (keep === 0) return
  data.before.push(line)
  if (data.before.length > keep) data.before.shift()
}

function showBefore(call: Call<Grep>): void {
  const { data } = call
  const contextual = call.has('A') || call.has('B') || call.has('C')
  const first = data.line - data.before.length
  if (contextual && data.lastShown > 0 && first > data.lastShown + 1) call.out('--\n')
  const lines = data.before.splice(0)
  for (const [index, line] of lines.entries()) show(call, line, '-', first + index)
}

function show(call: Call<Grep>, text: string, mark: string, line = call.data.line): void {
  const { data } = call
  const name = named(call) ? `${shownName(data.file)}${mark}` : ''
  call.out(`${name}${call.has('n') ? `${line}${mark}` : ''}${text}\n`)
  data.lastShown = line
}

const shownName = (file: string) => (file === '-' ? '(standard input)' : file)

function named(call: Call<Grep>): boolean {
  if (call.has('h')) return false
  return call.has('H') || call.has('r') || call.has('R') || call.data.inputs.length > 1
}

const program = (name: string) =>
  filter<Grep>({
    name,
    short: 'HhnlLoqvsrRiywxcFEzae:f:m:A:B:C:',
    long: { color: '', extended_regexp: 'E', 'ignore-case': 'i', 'invert-match': 'v', count: 'c', quiet: 'q' },
    usage: LINE,
    usageCode: 2,
    data: () => ({
      patterns: [],
      inputs: [],
      file: '',
      line: 0,
      selected: 0,
      before: [],
      after: 0,
      lastShown: 0,
      any: false,
      done: false,
    }),
    start,
    silent: (call) => call.has('s'),
    cannotRead: (path, why) => `${path}: ${why}`,
    inputs: (call) => call.data.inputs,
    open: (call, file) =>
      void Object.assign(call.data, { file, line: 0, selected: 0, before: [], after: 0, lastShown: 0, done: false }),
    line: onLine,
    close(call, file) {
      const { data } = call
      if (call.has('c')) call.out(`${named(call) ? `${shownName(file)}:` : ''}${data.selected}\n`)
      if (call.has('l') && data.selected > 0) call.out(`${shownName(file)}\n`)
      if (call.has('L') && data.selected === 0) call.out(`${shownName(file)}\n`)
    },
    end(call) {
      // A file that could not be read counts more than a match.
      if (call.frame.code !== 0) {
        call.frame.code = call.has('q') && call.data.any ? 0 : 2
        return undefined
      }
      return call.data.any ? 0 : 1
    },
  })

export const grep = program('grep')
export const egrep = program('egrep')
export const fgrep = program('fgrep')
