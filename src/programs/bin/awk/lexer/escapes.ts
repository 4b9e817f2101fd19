const LETTERS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|([\s\S]))/g

/** Takes the escapes of a string out. One that means nothing loses its backslash, and a NUL ends the string, as in C. */
export function unescapeString(text: string): string {
  const plain = text.replace(ESCAPE, (_, octal: string | undefined, hex: string | undefined, letter: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255)
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    return LETTERS[letter] ?? letter
  })
  const end = plain.indexOf('\0')
  return end < 0 ? plain : plain.slice(0, end)
}
