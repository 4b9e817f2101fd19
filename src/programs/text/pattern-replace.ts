import { matchEnd, pattern } from './pattern.ts'

/** `${x/source/by}` and `${x//source/by}`: the leftmost longest match, or all of them. */
export function replacePattern(text: string, source: string, by: string, all: boolean): string {
  const tokens = pattern(source)
  if (tokens.length === 0) return text
  let result = ''
  let at = 0
  while (at < text.length) {
    const end = matchEnd(tokens, text, at, true)
    if (end <= at) {
      result += text[at++]
      continue
    }
    result += by
    at = end
    if (!all) break
  }
  return result + text.slice(at)
}
