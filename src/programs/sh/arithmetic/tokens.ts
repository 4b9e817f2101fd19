import { ArithmeticError } from './error.ts'

export type Token =
  | { readonly type: 'number'; readonly value: bigint }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'operator'; readonly operator: string }

const OPERATORS = [
  ...['<<=', '>>='],
  ...['**', '<<', '>>', '<=', '>=', '==', '!=', '&&', '||', '+=', '-=', '*=', '/=', '%=', '&=', '^=', '|='],
  ...['+', '-', '*', '/', '%', '<', '>', '=', '!', '~', '&', '|', '^', '?', ':', ',', '(', ')'],
]
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y
const NUMBER = /[0-9][A-Za-z0-9_@#]*/y
const BLANK = /\s*/y

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

const cache = new Map<string, readonly Token[]>()
const CACHE_SIZE = 500

export function tokenize(text: string): readonly Token[] {
  const known = cache.get(text)
  if (known) return known
  const tokens = scan(text)
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(text, tokens)
  return tokens
}

function scan(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (let at = match(BLANK, text, 0).length; at < text.length; ) {
    const [token, length] = scanOne(text, at, tokens.at(-1))
    tokens.push(token)
    at += length
    at += match(BLANK, text, at).length
  }
  return tokens
}

function scanOne(text: string, at: number, last: Token | undefined): [Token, number] {
  const name = match(NAME, text, at)
  if (name) return [{ type: 'name', name }, name.length]
  const digits = match(NUMBER, text, at)
  if (digits) return [{ type: 'number', value: number(digits) }, digits.length]
  const double = text.slice(at, at + 2)
  if ((double === '++' || double === '--') && isStep(text, at + 2, last))
    return [{ type: 'operator', operator: double }, 2]
  const operator = OPERATORS.find((candidate) => text.startsWith(candidate, at))
  if (!operator) throw new ArithmeticError()
  return [{ type: 'operator', operator }, operator.length]
}

/** `++` and `--` step a variable, in front of its name or behind it; else they are two signs. */
function isStep(text: string, at: number, last: Token | undefined): boolean {
  return last?.type === 'name' || match(NAME, text, at + match(BLANK, text, at).length) !== ''
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_'
const LARGEST = 0xffff_ffff_ffff_ffffn

function number(text: string): bigint {
  const based = /^([1-9]\d*)#(.+)$/.exec(text)
  if (based) return digits(based[2]!, Number(based[1]))
  if (/^0x/i.test(text)) return digits(text.slice(2), 16)
  return text.length > 1 && text.startsWith('0') ? digits(text.slice(1), 8) : digits(text, 10)
}

function digits(text: string, base: number): bigint {
  if (base < 2 || base > 64 || text === '') throw new ArithmeticError()
  const source = base <= 36 ? text.toLowerCase() : text
  let value = 0n
  for (const char of source) {
    const digit = DIGITS.indexOf(char)
    if (digit < 0 || digit >= base) throw new ArithmeticError()
    value = value * BigInt(base) + BigInt(digit)
  }
  // strtoull fails beyond, and ash makes that a zero.
  return value > LARGEST ? 0n : BigInt.asIntN(64, value)
}
