/** The first JSON value of a text and what follows it, or the words of Go's encoding/json. */
export type ReadJson = { readonly value: unknown; readonly rest: string } | { readonly error: string }

/** Go's json.Decoder on one value: the fast path is JSON.parse, the scan below finds the words and the end of the value. */
export function readJson(text: string): ReadJson {
  try {
    // So deep that Go refuses it takes this long a text at least.
    if (text.length < 2 * DEEPEST) return { value: JSON.parse(text), rest: '' }
  } catch {
    // The scan says why.
  }
  const scan = new Scan(text)
  const failed = scan.value()
  if (failed) return { error: failed }
  const rest = text.slice(scan.at)
  return { value: JSON.parse(text.slice(0, scan.at)), rest: BLANK.test(rest) ? '' : rest }
}

/** encoding/json's quoteChar. */
const quoted = (character: string) =>
  character === "'" ? "'\\''" : character === '"' ? `'"'` : `'${JSON.stringify(character).slice(1, -1)}'`
const EOF = 'unexpected EOF'
const SPACE = /[ \t\r\n]/
const BLANK = /^[ \t\r\n]*$/

const DEEPEST = 10_000
type Opening = '{' | '['
const CLOSING: Readonly<Record<Opening, string>> = { '{': '}', '[': ']' }

/** A recogniser with the states, and so the words, of encoding/json's scanner. Each method gives an error or nothing. */
class Scan {
  at = 0
  readonly text: string
  constructor(text: string) {
    this.text = text
  }

  /** One value, however deep: what is open stands in a list, not on the stack. */
  value(): string | undefined {
    const open: Opening[] = []
    let failed = this.begin(open)
    while (!failed && open.length > 0) failed = this.goOn(open)
    return failed
  }

  /** Up to the end of the first value that holds no other, or is empty. */
  private begin(open: Opening[]): string | undefined {
    for (;;) {
      this.space()
      const c = this.text[this.at]
      if (c === undefined) return open.length === 0 ? 'EOF' : EOF
      if (c !== '{' && c !== '[') return this.scalar(c)
      if (open.length >= DEEPEST) return this.unexpected('exceeded max depth')
      open.push(c)
      this.at++
      this.space()
      if (this.text[this.at] === CLOSING[c]) return this.close(open)
      const failed = c === '{' ? this.key() : undefined
      if (failed) return failed
    }
  }

  /** What follows a value inside of another. */
  private goOn(open: Opening[]): string | undefined {
    const within = open.at(-1)!
    this.space()
    const c = this.text[this.at]
    if (c === CLOSING[within]) return this.close(open)
    if (c !== ',') return this.unexpected(within === '{' ? 'after object key:value pair' : 'after array element')
    this.at++
    return (within === '{' ? this.key() : undefined) ?? this.begin(open)
  }

  private close(open: Opening[]): undefined {
    open.pop()
    this.at++
  }

  private scalar(c: string): string | undefined {
    if (c === '"') return this.string()
    if (c === '-' || (c >= '0' && c <= '9')) return this.number()
    for (const word of ['true', 'false', 'null']) if (c === word[0]) return this.word(word)
    return this.unexpected('looking for beginning of value')
  }

  private key(): string | undefined {
    this.space()
    if (this.text[this.at] !== '"') return this.unexpected('looking for beginning of object key string')
    const failed = this.string()
    if (failed) return failed
    this.space()
    if (this.text[this.at] !== ':') return this.unexpected('after object key')
    this.at++
    return undefined
  }

  private string(): string | undefined {
    for (this.at++; ; this.at++) {
      const c = this.text[this.at]
      if (c === undefined) return EOF
      if (c === '"') return this.step()
      if (c < ' ') return this.unexpected('in string literal')
      if (c !== '\\') continue
      const escaped = this.text[++this.at]
      if (escaped === undefined) return EOF
      if (!'bfnrt\\/"u'.includes(escaped)) return this.unexpected('in string escape code')
      if (escaped === 'u')
        for (let i = 0; i < 4; i++)
          if (!/[0-9a-fA-F]/.test(this.text[++this.at] ?? ''))
            return this.unexpected('in \\u hexadecimal character escape')
    }
  }

  private number(): string | undefined {
    if (this.text[this.at] === '-') this.at++
    if (!this.digit()) return this.unexpected('in numeric literal')
    if (this.text[this.at] === '0') this.at++
    else while (this.digit()) this.at++
    if (this.text[this.at] === '.') {
      this.at++
      if (!this.digit()) return this.unexpected('after decimal point in numeric literal')
      while (this.digit()) this.at++
    }
    if (/[eE]/.test(this.text[this.at] ?? '')) {
      this.at++
      if (/[+-]/.test(this.text[this.at] ?? '')) this.at++
      if (!this.digit()) return this.unexpected('in exponent of numeric literal')
      while (this.digit()) this.at++
    }
    return undefined
  }

  private word(word: string): string | undefined {
    for (let i = 0; i < word.length; i++, this.at++)
      if (this.text[this.at] !== word[i]) return this.unexpected(`in literal ${word} (expecting ${quoted(word[i]!)})`)
    return undefined
  }

  private digit(): boolean {
    const c = this.text[this.at]
    return c !== undefined && c >= '0' && c <= '9'
  }

  private space(): void {
    while (SPACE.test(this.text[this.at] ?? '')) this.at++
  }

  private step(): undefined {
    this.at++
  }

  private unexpected(where: string): string {
    const c = this.text[this.at]
    return c === undefined ? EOF : `invalid character ${quoted(c)} ${where}`
  }
}
