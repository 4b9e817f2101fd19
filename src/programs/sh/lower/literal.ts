import type { Part } from '../tree.ts'

export type Text = Extract<Part, { type: 'text' }>

/** Escapes what a pattern would not take literally. */
export const escapePattern = (text: string): string => text.replace(/[*?[\]\\!-]/g, '\\$&')

export const quotedText = (value: string): Text => ({ type: 'text', value, pattern: escapePattern(value) })

/** Text outside of quotes: a backslash quotes the next character. */
export function plainText(source: string): Text {
  if (!source.includes('\\')) return { type: 'text', value: source, pattern: source }
  let value = ''
  let pattern = ''
  for (let at = 0; at < source.length; at++) {
    const char = source[at]!
    const next = source[at + 1]
    if (char !== '\\' || next === undefined) {
      value += char
      pattern += char === '\\' ? '\\\\' : char
      continue
    }
    at++
    if (next === '\n') continue
    value += next
    pattern += escapePattern(next)
  }
  return { type: 'text', value, pattern }
}

/** Text within double quotes or a here-document: a backslash quotes only `special` characters. */
export function doubleText(source: string, special: string): Text {
  if (!source.includes('\\')) return quotedText(source)
  let value = ''
  for (let at = 0; at < source.length; at++) {
    const char = source[at]!
    const next = source[at + 1]
    if (char !== '\\' || next === undefined || !special.includes(next)) value += char
    else {
      at++
      if (next !== '\n') value += next
    }
  }
  return quotedText(value)
}

export const IN_QUOTES = '$`"\\\n'
export const IN_HEREDOC = '$`\\\n'
/** Within `"${x:-…}"`. */
export const IN_BRACES = '$`"\\\n}'
