import { Problem } from '../core/problem.ts'

const syntaxError = () => new Problem('System', 'syntax error in pattern')

/** Go's path.Match: `*` and `?` stop at slashes, `[a-z]` and `[^a-z]` are classes, `\` takes the next character as it is. */
export function matchGlob(pattern: string, text: string): boolean {
  return globExpression(pattern).test(text)
}

/** The pattern as an expression over the whole text; refuses with Go's words what is no pattern. */
export function globExpression(pattern: string): RegExp {
  let out = ''
  for (let at = 0; at < pattern.length; at++) {
    const c = pattern[at]!
    if (c === '*') out += '[^/]*'
    else if (c === '?') out += '[^/]'
    else if (c === '[') {
      const close = classEnd(pattern, at)
      out += classOf(pattern.slice(at + 1, close))
      at = close
    } else if (c === '\\') {
      if (++at >= pattern.length) throw syntaxError()
      out += literal(pattern[at]!)
    } else out += literal(c)
  }
  return new RegExp(`^${out}$`, 's')
}

const literal = (c: string) => c.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

function classEnd(pattern: string, open: number): number {
  let at = open + 1
  if (pattern[at] === '^') at++
  for (let first = true; at < pattern.length; at++, first = false) {
    if (pattern[at] === ']' && !first) return at
    if (pattern[at] === '\\') at++
  }
  throw syntaxError()
}

function classOf(body: string): string {
  const negated = body.startsWith('^')
  const rest = negated ? body.slice(1) : body
  if (/^-|-$/.test(rest)) throw syntaxError()
  const escaped = rest.replace(
    /\\(.)|([\]^[])/g,
    (_, taken: string | undefined, plain: string | undefined) => `\\${taken ?? plain}`,
  )
  return `[${negated ? '^' : ''}${escaped}]`
}
