import { Problem } from '../../core/problem.ts'

export type Lookup = (name: string) => string | undefined

/**
 * `$name`, `${name}`, `${name:-word}` and `${name:+word}` outside of single quotes. What comes in is quoted so that it stays
 * one word, unless `split` lets it fall apart. moby buildkit: frontend/dockerfile/shell
 */
export function expand(text: string, lookup: Lookup, escape = '\\', split = false): string {
  let out = ''
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const c = text[at]!
    if (c === escape && quote !== "'" && at + 1 < text.length) out += c + text[++at]
    else if (c === '$' && quote !== "'") {
      const { value, end } = variable(text, at, lookup, escape)
      out += split ? value : protect(value, quote, escape)
      at = end
    } else {
      if (quote === '' && (c === '"' || c === "'")) quote = c
      else if (c === quote) quote = ''
      out += c
    }
  }
  return out
}

const protect = (value: string, quote: string, escape: string) =>
  value.replace(quote === '"' ? /["\\$`]/g : /[\s"'\\$`]/g, (c) => escape + c)

/** The value of what begins with the `$` at `at`, and where it ends. */
function variable(text: string, at: number, lookup: Lookup, escape: string): { value: string; end: number } {
  const plain = /^\$([a-zA-Z_]\w*|[0-9@*#])/.exec(text.slice(at))
  if (plain) return { value: lookup(plain[1]!) ?? '', end: at + plain[0].length - 1 }
  if (text[at + 1] !== '{') return { value: '$', end: at }
  const close = closing(text, at + 2)
  const body = text.slice(at + 2, close)
  const [, name = '', operator, word = ''] = /^(\w+)(?:(:?[-+?])([\s\S]*))?$/.exec(body) ?? []
  if (name === '') throw new Problem('InvalidParameter', `failed to process ${JSON.stringify(text)}: bad substitution`)
  const value = lookup(name)
  const set = operator?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined
  const other = () => expand(word, lookup, escape, true)
  if (operator?.endsWith('-')) return { value: set ? value! : other(), end: close }
  if (operator?.endsWith('+')) return { value: set ? other() : '', end: close }
  if (operator?.endsWith('?') && !set)
    throw new Problem(
      'InvalidParameter',
      `failed to process ${JSON.stringify(text)}: ${name}: ${other() || 'parameter is not allowed to be unset'}`,
    )
  return { value: value ?? '', end: close }
}

function closing(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{' && text[at - 1] === '$') depth++
    else if (text[at] === '}' && --depth === 0) return at
  }
  throw new Problem('InvalidParameter', `failed to process ${JSON.stringify(text)}: syntax error: missing '}'`)
}
