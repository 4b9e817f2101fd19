/** The first JSON value of a text and what follows it, or the words of Go's encoding/json. */
export type ReadJson = { readonly value: unknown; readonly rest: string } | { readonly error: string }

/** Go's json.Decoder on one value: the fast path is JSON.parse, the scan below finds the words and the end of the value. */
export function readJson(text: string): ReadJson {
  try {
    return { value: JSON.parse(text), rest: '' }
  } catch {
    const scan = new Scan(text)
    const failed = scan.value()
    if (failed) return { error: failed }
    return { value: JSON.parse(text.slice(0, scan.at)), rest: text.slice(scan.at) }
  }
}

/** encoding/json's quoteChar. */
const quoted = (character: string) =>
  character === "'" ? "'\\''" : character === '"' ? `'"'` : `'${JSON.stringify(character).slice(1, -1)}'`
const EOF = 'unexpected EOF'
const SPACE = /[ \t\r\n]/

/** A recogniser with the states, and so the words, of encoding/json's scanner. Each method gives an error or nothing. */
class Scan {
  at = 0
  readonly text: string
  constructor(text: string) {
    this.text = text
  }

  value(depth = 0): string | undefined {
    this.space()
    const c = this.text[this.at]
    if (c === undefined) return depth === 0 ? 'EOF' : EOF
    if (depth > 10_000) return 'exceeded max depth'
    if (c === '{') return this.object(depth)
    if (c === '[') return this.array(depth)
    if (c === '"') return this.string()
    if (c === '-' || (c >= '0' && c <= '9')) return this.number()
    for (const word of ['true', 'false', 'null']) if (c === word[0]) return this.word(word)
    return this.unexpected('looking for beginning of value')
  }

  private object(depth: number): string | undefined {
    this.at++
    this.space()
    if (this.text[this.at] === '}') return this.step()
    for (;;) {
      this.space()
      if (this.text[this.at] !== '"') return this.unexpected('looking for beginning of object key string')
      let failed = this.string()
      if (failed) return failed
      this.space()
      if (this.text[this.at] !== ':') return this.unexpected('after object key')
      this.at++
      failed = this.value(depth + 1)
      if (failed) return failed
      this.space()
      const c = this.text[this.at]
      if (c === '}') return this.step()
      if (c !== ',') return this.unexpected('after object key:value pair')
      this.at++
    }
  }

  private array(depth: number): string | undefined {
    this.at++
    this.space()
    if (this.text[this.at] === ']') return this.step()
    for (;;) {
      const failed = this.value(depth + 1)
      if (failed) return failed
      this.space()
      const c = this.text[this.at]
      if (c === ']') return this.step()
      if (c !== ',') return this.unexpected('after array element')
      this.at++
    }
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
