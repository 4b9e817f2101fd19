const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/**
 * What a backslash and what follows it stand for, at `at`, the place behind the backslash: the text and how much of the source it took.
 * An octal number may have a 0 in front of its three digits where `zero` says so. Bytes beyond ASCII come as `byte`s.
 */
export function escapeAt(source: string, at: number, { zero = false } = {}): { text: string; length: number } {
  const simple = SIMPLE[source[at] ?? '']
  if (simple !== undefined) return { text: simple, length: 1 }
  const octal = (zero ? /^0?[0-7]{1,3}/ : /^[0-7]{1,3}/).exec(source.slice(at, at + 4))?.[0]
  if (octal) return { text: byte(Number.parseInt(octal, 8) & 255), length: octal.length }
  const hex = /^x[0-9A-Fa-f]{1,2}/.exec(source.slice(at, at + 3))?.[0]
  if (hex) return { text: byte(Number.parseInt(hex.slice(1), 16)), length: hex.length }
  return { text: '\\', length: 0 }
}

/** One byte as the codec writes it: those beyond ASCII as half of a pair. */
const byte = (code: number): string => String.fromCharCode(code < 0x80 ? code : 0xdc00 + code)

/** Takes all escapes of a text out; `stopped`: a `\c` was there, and nothing after it counts. */
export function unescapeText(source: string): { text: string; stopped: boolean } {
  let text = ''
  for (let at = 0; at < source.length; at++) {
    const char = source[at]!
    if (char !== '\\') {
      text += char
      continue
    }
    if (source[at + 1] === 'c') return { text, stopped: true }
    const found = escapeAt(source, at + 1, { zero: true })
    text += found.text
    at += found.length
  }
  return { text, stopped: false }
}
