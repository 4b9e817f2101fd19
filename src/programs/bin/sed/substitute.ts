import { escapeAt } from '../../text/escapes.ts'
import { regularExpression } from '../../text/regular-expression.ts'
import type { Substitution } from './script.ts'
import type { Sed } from './state.ts'

/** The expression, or the last one that was used in its place. */
export function expression(sed: Sed, source: string, ignoreCase: boolean): RegExp {
  if (source !== '') {
    sed.last = source
    sed.lastIgnoreCase = ignoreCase
  }
  return regularExpression(sed.last, { extended: sed.extended, ignoreCase: sed.lastIgnoreCase, global: true })
}

/** `s`: whether anything was replaced. */
export function substitute(sed: Sed, { source, ignoreCase, replacement, global, number }: Substitution): boolean {
  const pattern = expression(sed, source, ignoreCase)
  const { space } = sed
  let result = ''
  let from = 0
  let count = 0
  let lastEnd = -1
  for (let at = 0; at <= space.length; ) {
    pattern.lastIndex = at
    const found = pattern.exec(space)
    if (!found) break
    const end = found.index + found[0].length
    at = Math.max(end, found.index + 1)
    // No empty match right behind a match.
    if (found[0] === '' && found.index === lastEnd) continue
    lastEnd = end
    if (++count < number) continue
    result += space.slice(from, found.index) + replace(replacement, found)
    from = end
    if (!global) break
  }
  sed.space = result + space.slice(from)
  return count >= number
}

/** `&` and `\1`, `\n`; all else stands for itself. */
function replace(replacement: string, found: RegExpExecArray): string {
  let text = ''
  for (let at = 0; at < replacement.length; at++) {
    const char = replacement[at]!
    if (char === '&') text += found[0]
    else if (char !== '\\') text += char
    else {
      const next = replacement[++at] ?? ''
      if (/\d/.test(next)) text += found[Number(next)] ?? ''
      else if ('nrtafv'.includes(next) && next !== '') text += escapeAt(replacement, at).text
      else text += next
    }
  }
  return text
}
