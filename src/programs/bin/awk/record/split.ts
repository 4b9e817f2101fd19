import { regularExpression } from '../../../text/regular-expression.ts'

/** Splits as FS says: at white space, into single characters, at a character, or at a regular expression. */
export function splitText(text: string, separator: string): string[] {
  if (separator === ' ') return words(text)
  if (text === '') return []
  if (separator === '') return text.split('')
  if (separator.length === 1) return text.split(separator)
  return splitAt(text, regularExpression(separator, { extended: true, global: true }))
}

const words = (text: string) => text.split(/[ \t\n]+/).filter((word) => word !== '')

function splitAt(text: string, pattern: RegExp): string[] {
  const parts: string[] = []
  let from = 0
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    if (found[0] === '') {
      pattern.lastIndex++
      continue
    }
    parts.push(text.slice(from, found.index))
    from = found.index + found[0].length
  }
  return [...parts, text.slice(from)]
}
