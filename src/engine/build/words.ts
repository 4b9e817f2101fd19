import { Problem } from '../../core/problem.ts'

/** Splits at blanks that are neither quoted nor escaped; quotes and escapes stay. */
export function splitWords(text: string, mark = '\\'): string[] {
  const words: string[] = []
  let word = ''
  let quote = ''
  let open = false
  for (let at = 0; at < text.length; at++) {
    const c = text[at]!
    if (quote === '' && /\s/.test(c)) {
      if (open) words.push(word)
      word = ''
      open = false
      continue
    }
    open = true
    word += c
    if (c === mark && quote !== "'" && at + 1 < text.length) word += text[++at]
    else if (quote === '' && (c === '"' || c === "'")) quote = c
    else if (c === quote) quote = ''
  }
  if (open) words.push(word)
  return words
}

/** Takes quotes and escapes away. */
export function unquote(word: string, mark = '\\'): string {
  let out = ''
  let quote = ''
  for (let at = 0; at < word.length; at++) {
    const c = word[at]!
    if (c === mark && quote !== "'" && at + 1 < word.length) {
      const next = word[++at]!
      // Within double quotes only these lose their escape.
      out += quote === '"' && !['"', '$', mark].includes(next) ? c + next : next
    } else if (quote === '' && (c === '"' || c === "'")) quote = c
    else if (c === quote) quote = ''
    else out += c
  }
  return out
}

/** `a=1 b="2 3"`, or the old `a the rest`: pairs in order. */
export function keyValues(keyword: string, rest: string, mark = '\\'): (readonly [string, string])[] {
  const words = splitWords(rest, mark)
  if (words.length === 0) throw new Problem('InvalidParameter', `${keyword} requires at least one argument`)
  if (!words[0]!.includes('=')) {
    const [, name = '', value] = /^(\S+)\s+([\s\S]+)$/.exec(rest.trim()) ?? []
    if (value === undefined) throw new Problem('InvalidParameter', `${keyword} must have two arguments`)
    return [[name, value]]
  }
  return words.map((word) => {
    const split = word.indexOf('=')
    if (split < 0)
      throw new Problem(
        'InvalidParameter',
        `Syntax error - can't find = in ${JSON.stringify(word)}. Must be of the form: name=value`,
      )
    return [word.slice(0, split), word.slice(split + 1)]
  })
}
