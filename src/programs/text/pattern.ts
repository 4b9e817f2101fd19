/** One element of a shell pattern. */
type Token =
  | { readonly type: 'char'; readonly char: string }
  | { readonly type: 'any' }
  | { readonly type: 'star' }
  | { readonly type: 'set'; readonly negated: boolean; readonly has: (code: number) => boolean }

export type Pattern = readonly Token[]

const cache = new Map<string, Pattern>()
const CACHE_SIZE = 500

/** `*`, `?`, `[…]` with ranges, classes and negation; a backslash quotes. */
export function pattern(source: string): Pattern {
  const known = cache.get(source)
  if (known) return known
  const compiled = compile(source)
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(source, compiled)
  return compiled
}

/** Whether the pattern means anything but its own text. */
export const isMagic = (source: string): boolean =>
  /[*?[]/.test(source) && pattern(source).some(({ type }) => type !== 'char')

/** The pattern's own text. */
export const plainPattern = (source: string): string => source.replace(/\\([\s\S])/g, '$1')

function compile(source: string): Pattern {
  const tokens: Token[] = []
  for (let at = 0; at < source.length; at++) {
    const char = source[at]!
    if (char === '*') {
      if (tokens.at(-1)?.type !== 'star') tokens.push({ type: 'star' })
    } else if (char === '?') tokens.push({ type: 'any' })
    else if (char === '[') {
      const end = setEnd(source, at)
      tokens.push(end < 0 ? { type: 'char', char } : compileSet(source.slice(at + 1, end)))
      if (end >= 0) at = end
    } else if (char === '\\' && at + 1 < source.length) tokens.push({ type: 'char', char: source[++at]! })
    else tokens.push({ type: 'char', char })
  }
  return tokens
}

/** Where the set that begins at `at` closes; -1 when it does not. */
function setEnd(source: string, at: number): number {
  let end = at + 1
  if (source[end] === '!' || source[end] === '^') end++
  if (source[end] === ']') end++
  while (end < source.length && source[end] !== ']') {
    if (source[end] === '\\') end++
    if (source[end] === '[' && source[end + 1] === ':') {
      const close = source.indexOf(':]', end + 2)
      if (close >= 0) end = close + 1
    }
    end++
  }
  return end < source.length ? end : -1
}

const CLASSES: Readonly<Record<string, (code: number) => boolean>> = {
  alnum: (code) => isAlpha(code) || isDigit(code),
  alpha: (code) => isAlpha(code),
  blank: (code) => code === 32 || code === 9,
  cntrl: (code) => code < 32 || code === 127,
  digit: (code) => isDigit(code),
  graph: (code) => code > 32 && code < 127,
  lower: (code) => code >= 97 && code <= 122,
  print: (code) => code >= 32 && code < 127,
  punct: (code) => code > 32 && code < 127 && !isAlpha(code) && !isDigit(code),
  space: (code) => code === 32 || (code >= 9 && code <= 13),
  upper: (code) => code >= 65 && code <= 90,
  xdigit: (code) => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102),
}
const isDigit = (code: number) => code >= 48 && code <= 57
const isAlpha = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122)

/** The test of a character class of POSIX, as `digit`. */
export const characterClass = (name: string): ((code: number) => boolean) | undefined =>
  Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined

function compileSet(body: string): Token {
  const negated = body[0] === '!' || body[0] === '^'
  const tests: ((code: number) => boolean)[] = []
  for (let at = negated ? 1 : 0; at < body.length; ) {
    const named = /^\[:(\w+):\]/.exec(body.slice(at, at + 12))
    const test = named && characterClass(named[1]!)
    if (named && test) {
      tests.push(test)
      at += named[0].length
      continue
    }
    if (body[at] === '\\' && at + 1 < body.length) at++
    const from = body.charCodeAt(at++)
    let to = from
    if (body[at] === '-' && at + 1 < body.length) {
      at++
      if (body[at] === '\\' && at + 1 < body.length) at++
      to = body.charCodeAt(at++)
    }
    tests.push((code) => code >= from && code <= to)
  }
  return { type: 'set', negated, has: (code) => tests.some((test) => test(code)) }
}

function accepts(token: Token, text: string, at: number): boolean {
  switch (token.type) {
    case 'char':
      return text[at] === token.char
    case 'set':
      return token.has(text.charCodeAt(at)) !== token.negated
    default:
      return true
  }
}

/** Whether the whole text matches: linear in the pattern for each star, never exponential. */
export function matches(source: string, text: string): boolean {
  const tokens = pattern(source)
  let token = 0
  let at = 0
  let star = -1
  let retry = 0
  while (at < text.length) {
    const current = tokens[token]
    if (current?.type === 'star') {
      star = token++
      retry = at
    } else if (current && accepts(current, text, at)) {
      token++
      at++
    } else if (star >= 0) {
      token = star + 1
      at = ++retry
    } else return false
  }
  while (tokens[token]?.type === 'star') token++
  return token === tokens.length
}

/** Where the match that begins at `from` ends: the first or the last such place; -1 when there is none. */
export function matchEnd(tokens: Pattern, text: string, from: number, longest: boolean): number {
  let active = new Uint8Array(tokens.length + 1)
  let next = new Uint8Array(tokens.length + 1)
  let found = -1
  spread(tokens, active, 0)
  for (let at = from; ; at++) {
    if (active[tokens.length]) {
      found = at
      if (!longest) return found
    }
    if (at >= text.length || !active.includes(1)) return found
    next.fill(0)
    for (let token = 0; token < tokens.length; token++) {
      if (!active[token]) continue
      const current = tokens[token]!
      if (current.type === 'star') spread(tokens, next, token)
      else if (accepts(current, text, at)) spread(tokens, next, token + 1)
    }
    ;[active, next] = [next, active]
  }
}

/** A star may stand for nothing: what comes after it is active too. */
function spread(tokens: Pattern, active: Uint8Array, token: number): void {
  active[token] = 1
  while (tokens[token]?.type === 'star') active[++token] = 1
}

/** How many characters `${x#…}` and `${x%…}` take away. */
export function trimLength(source: string, text: string, end: boolean, longest: boolean): number {
  if (!end) return Math.max(0, matchEnd(pattern(source), text, 0, longest))
  return Math.max(0, matchEnd([...pattern(source)].reverse(), reverse(text), 0, longest))
}

function reverse(text: string): string {
  let reversed = ''
  for (let at = text.length - 1; at >= 0; at--) reversed += text[at]
  return reversed
}
