import { characterClass } from './pattern.ts'

/** What is wrong with a regular expression, in the words of regerror(3). */
export class RegularExpressionError {
  readonly words: string
  /** The regular expression that it is about. */
  source = ''
  constructor(words: string) {
    this.words = words
  }
}

export interface Dialect {
  /** ERE; else BRE, in which `\(`, `\{` and GNU's `\+`, `\?`, `\|` are the operators. */
  readonly extended?: boolean
  readonly ignoreCase?: boolean
  /** Finds matches one after the other with `lastIndex`. */
  readonly global?: boolean
}

const cache = new Map<string, RegExp>()
const CACHE_SIZE = 500

/**
 * A POSIX regular expression as one of JavaScript's. Of alternatives the first one that fits is taken, not the longest; all else is as
 * POSIX has it. Frames keep the source and ask here again: it is compiled once.
 */
export function regularExpression(
  source: string,
  { extended = false, ignoreCase = false, global = false }: Dialect = {},
): RegExp {
  const key = `${extended ? 'E' : 'B'}${ignoreCase ? 'i' : ''}${global ? 'g' : ''}:${source}`
  let compiled = cache.get(key)
  if (!compiled) {
    compiled = compile(source, extended, `s${ignoreCase ? 'i' : ''}${global ? 'g' : ''}`)
    if (cache.size >= CACHE_SIZE) cache.clear()
    cache.set(key, compiled)
  }
  compiled.lastIndex = 0
  return compiled
}

function compile(source: string, extended: boolean, flags: string): RegExp {
  try {
    return new RegExp(translate(source, extended), flags)
  } catch (error) {
    const told = error instanceof RegularExpressionError
    const problem = told ? error : new RegularExpressionError('Invalid regular expression')
    problem.source = source
    throw problem
  }
}

interface Translation {
  readonly source: string
  readonly extended: boolean
  at: number
  out: string
  /** Whether something stands here that a repetition can apply to. */
  repeatable: boolean
  /** It has a repetition already. */
  repeated: boolean
  /** Where it begins in `out`. */
  atomStart: number
  /** Where the groups that are open begin. */
  readonly open: number[]
  groups: number
}

/** The source of JavaScript's regular expression. */
function translate(source: string, extended: boolean): string {
  const state: Translation = {
    source,
    extended,
    at: 0,
    out: '',
    repeatable: false,
    repeated: false,
    atomStart: 0,
    open: [],
    groups: 0,
  }
  while (state.at < source.length) one(state)
  if (state.open.length > 0) throw new RegularExpressionError('Unmatched ( or \\(')
  return state.out
}

function one(state: Translation): void {
  const { source, extended, at } = state
  const char = source[at]!
  if (char === '\\') return escaped(state)
  state.at++
  switch (char) {
    case '[':
      return bracket(state)
    case '.':
      return atom(state, '[\\s\\S]')
    case '*':
      return state.repeatable ? repeat(state, '*') : atom(state, '\\*')
    case '^':
      if (extended || anchors(state, at)) return anchor(state, '^')
      return atom(state, '\\^')
    case '$':
      if (extended || ends(state, at)) return anchor(state, '$')
      return atom(state, '\\$')
  }
  if (extended) return operator(state, char)
  atom(state, literal(char))
}

/** At the beginning of a BRE or of a group in it. */
const anchors = ({ source }: Translation, at: number) => at === 0 || /\\[(|]$/.test(source.slice(0, at))
const ends = ({ source }: Translation, at: number) => at === source.length - 1 || /^\\[)|]/.test(source.slice(at + 1))

function operator(state: Translation, char: string): void {
  switch (char) {
    case '(':
      return group(state)
    case ')':
      return state.open.length > 0 ? close(state) : atom(state, '\\)')
    case '|':
      return alternative(state)
    case '+':
    case '?':
      return state.repeatable ? repeat(state, char) : atom(state, `\\${char}`)
    case '{':
      return interval(state, '}')
  }
  atom(state, literal(char))
}

function escaped(state: Translation): void {
  const next = state.source[state.at + 1]
  state.at += 2
  if (next === undefined) throw new RegularExpressionError('Trailing backslash')
  if (!state.extended) {
    if (next === '(') return group(state)
    if (next === ')') {
      if (state.open.length === 0) throw new RegularExpressionError('Unmatched ) or \\)')
      return close(state)
    }
    if (next === '{') return interval(state, '\\}')
    if (next === '|') return alternative(state)
    if (next === '+' || next === '?') return state.repeatable ? repeat(state, next) : atom(state, `\\${next}`)
  }
  if (next >= '1' && next <= '9') {
    if (Number(next) > state.groups) throw new RegularExpressionError('Invalid back reference')
    return atom(state, `(?:\\${next})`)
  }
  const special = ESCAPES[next]
  if (special === undefined) return atom(state, literal(next))
  if (next === 'b' || next === 'B' || next === '<' || next === '>') anchor(state, special)
  else atom(state, special)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
  '`': '^',
  "'": '$',
  b: '\\b',
  B: '\\B',
  n: '\\n',
  s: '\\s',
  S: '\\S',
  t: '\\t',
  w: '\\w',
  W: '\\W',
}

function atom(state: Translation, source: string): void {
  state.atomStart = state.out.length
  state.out += source
  state.repeatable = true
  state.repeated = false
}

function anchor(state: Translation, source: string): void {
  state.out += source
  state.repeatable = false
}

/** Two in a row are fine to POSIX; to JavaScript `a**` is an error and `a*?` is lazy. */
function repeat(state: Translation, source: string): void {
  if (state.repeated) state.out = `${state.out.slice(0, state.atomStart)}(?:${state.out.slice(state.atomStart)})`
  state.out += source
  state.repeated = true
}

function group(state: Translation): void {
  state.open.push(state.out.length)
  state.out += '('
  state.groups++
  state.repeatable = false
}

function close(state: Translation): void {
  const start = state.open.pop()!
  atom(state, ')')
  state.atomStart = start
}

function alternative(state: Translation): void {
  state.out += '|'
  state.repeatable = false
}

/** `{2,5}`; in an ERE, a brace that begins no interval is itself. */
function interval(state: Translation, end: string): void {
  const stop = state.source.indexOf(end, state.at)
  const body = stop < 0 ? '' : state.source.slice(state.at, stop)
  const found = /^(\d*)(,?)(\d*)$/.exec(body)
  if (!found || body === '' || !state.repeatable) {
    if (state.extended) return atom(state, '\\{')
    throw new RegularExpressionError(
      state.repeatable ? 'Invalid content of \\{\\}' : 'Invalid preceding regular expression',
    )
  }
  state.at = stop + end.length
  repeat(state, `{${found[1] || 0}${found[2]}${found[3]}}`)
}

const literal = (char: string): string => (/[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char)

function bracket(state: Translation): void {
  const { source } = state
  let at = state.at
  const negated = source[at] === '^'
  if (negated) at++
  let body = ''
  for (let first = true; first || source[at] !== ']'; first = false) {
    if (at >= source.length) throw new RegularExpressionError('Unmatched [, [^, [:, [., or [=')
    const named = /^\[([:.=])(.*?)\1\]/.exec(source.slice(at, at + 24))
    if (named) {
      body += named[1] === ':' ? classSource(named[2]!) : inBracket(named[2]!)
      at += named[0].length
    } else if (source[at + 1] === '-' && source[at + 2] !== ']' && source[at + 2] !== undefined) {
      if (source[at]! > source[at + 2]!) throw new RegularExpressionError('Invalid range end')
      body += `${inBracket(source[at]!)}-${inBracket(source[at + 2]!)}`
      at += 3
    } else body += inBracket(source[at++]!)
  }
  state.at = at + 1
  atom(state, `[${negated ? '^' : ''}${body}]`)
}

const inBracket = (char: string): string => (/[\\\]^[-]/.test(char) ? `\\${char}` : char)

function classSource(name: string): string {
  const test = characterClass(name)
  if (!test) throw new RegularExpressionError('Invalid character class name')
  let source = ''
  for (let code = 0; code < 128; code++) if (test(code)) source += `\\x${code.toString(16).padStart(2, '0')}`
  return source
}
