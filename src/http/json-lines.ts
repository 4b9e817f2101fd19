const encoder = new TextEncoder()
const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

const ESCAPED = /[<>&\u2028\u2029]/
const EACH = new RegExp(ESCAPED, 'g')

/** JSON as Go's encoding/json writes it: HTML characters escaped. */
export function goJson(value: unknown): string {
  const text = JSON.stringify(value)
  // A look costs a fraction of a replacement that finds nothing.
  return ESCAPED.test(text) ? text.replace(EACH, (character) => ESCAPES[character]!) : text
}

/** A JSON body: it ends with a newline, as json.Encoder leaves it. */
export const jsonBody = (value: unknown): Uint8Array => encoder.encode(`${goJson(value)}\n`)

/** A line of a progress stream: those end with CR LF. */
export const progressLine = (value: unknown): Uint8Array => encoder.encode(`${goJson(value)}\r\n`)

export const utf8 = (text: string): Uint8Array => encoder.encode(text)
