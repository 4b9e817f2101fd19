/** One line of a .dockerignore. */
interface Pattern {
  readonly expression: RegExp
  /** `!pattern`: takes back what an earlier one has said. */
  readonly exception: boolean
}

/**
 * Whether a path, or a directory above it, is left out: the last pattern that matches decides.
 * github.com/moby/patternmatcher: MatchesOrParentMatches
 */
export function ignores(text: string): (path: string) => boolean {
  const patterns = patternsOf(text)
  return (path) => {
    const parts = path.split('/')
    const paths = parts.map((_, i) => parts.slice(0, i + 1).join('/'))
    return patterns.reduce(
      (ignored, { expression, exception }) => (paths.some((one) => expression.test(one)) ? !exception : ignored),
      false,
    )
  }
}

function patternsOf(text: string): Pattern[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .flatMap((line) => {
      const exception = line.startsWith('!')
      const pattern = cleaned(exception ? line.slice(1).trim() : line)
      return pattern === '' ? [] : [{ expression: expressionOf(pattern), exception }]
    })
}

/** Without `.`, `..` and slashes at either end. */
function cleaned(pattern: string): string {
  const parts: string[] = []
  for (const part of pattern.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** `*` and `?` stop at a slash, `**` does not; `[a-z]` is a class; a backslash takes the next character as it is. */
function expressionOf(pattern: string): RegExp {
  let source = ''
  for (let at = 0; at < pattern.length; at++) {
    const c = pattern[at]!
    if (c === '*' && pattern[at + 1] === '*') {
      at++
      const slash = pattern[at + 1] === '/'
      if (slash) at++
      source += at + 1 >= pattern.length ? '.*' : '(.*/)?'
    } else if (c === '*') source += '[^/]*'
    else if (c === '?') source += '[^/]'
    else if (c === '[' || c === ']') source += c
    else if (c === '\\' && at + 1 < pattern.length) source += escaped(pattern[++at]!)
    else source += escaped(c)
  }
  try {
    return new RegExp(`^${source}$`)
  } catch {
    // A class that does not end matches nothing.
    return /(?!)/
  }
}

const escaped = (c: string) => c.replace(/[.+^${}()|\\*?]/, '\\$&')
