/** What redis answers with. */
export type Reply =
  | { readonly kind: 'status'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'bulk'; readonly value: string | null }
  | { readonly kind: 'array'; readonly items: readonly Reply[] | null }

export const status = (words: string): Reply => ({ kind: 'status', text: words })
export const OK = status('OK')
export const error = (words: string): Reply => ({ kind: 'error', text: words })
export const integer = (value: number): Reply => ({ kind: 'integer', value })
export const bulk = (value: string | null | undefined): Reply => ({ kind: 'bulk', value: value ?? null })
export const array = (items: readonly Reply[] | null): Reply => ({ kind: 'array', items })
export const bulks = (values: readonly (string | null | undefined)[]): Reply => array(values.map(bulk))

/**
 * RESP2. Values are strings of bytes (each character one byte), so that lengths are right and any content goes through.
 */
export function encode(reply: Reply): string {
  switch (reply.kind) {
    case 'status':
      return `+${reply.text}\r\n`
    case 'error':
      return `-${reply.text}\r\n`
    case 'integer':
      return `:${reply.value}\r\n`
    case 'bulk':
      return reply.value === null ? '$-1\r\n' : `$${reply.value.length}\r\n${reply.value}\r\n`
    case 'array':
      return reply.items === null ? '*-1\r\n' : `*${reply.items.length}\r\n${reply.items.map(encode).join('')}`
  }
}

export const binary = (bytes: Uint8Array): string => {
  let out = ''
  for (let at = 0; at < bytes.length; at += 8192) out += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return out
}
export const bytesOf = (binaryText: string): Uint8Array =>
  Uint8Array.from(binaryText, (character) => character.charCodeAt(0))

export type Parsed =
  | { readonly argv: readonly string[]; readonly length: number }
  | { readonly fault: string }
  /** More is needed. */
  | undefined

/** The first command of what came in: RESP or a plain line. */
export function parseCommand(input: string): Parsed {
  if (!input.startsWith('*')) return parseInline(input)
  const head = lineAt(input, 1)
  if (!head) return undefined
  const count = Number(head.line)
  if (!Number.isInteger(count) || count > 1024 * 1024) return { fault: 'Protocol error: invalid multibulk length' }
  const argv: string[] = []
  let at = head.next
  for (let item = 0; item < count; item++) {
    if (at >= input.length) return undefined
    if (input[at] !== '$') return { fault: `Protocol error: expected '$', got '${input[at]}'` }
    const size = lineAt(input, at + 1)
    if (!size) return undefined
    const length = Number(size.line)
    if (!Number.isInteger(length) || length < 0) return { fault: 'Protocol error: invalid bulk length' }
    if (input.length < size.next + length + 2) return undefined
    argv.push(input.slice(size.next, size.next + length))
    at = size.next + length + 2
  }
  return { argv, length: at }
}

function parseInline(input: string): Parsed {
  const end = input.indexOf('\n')
  if (end < 0) return undefined
  const line = input.slice(0, end).replace(/\r$/, '')
  return { argv: line.split(/\s+/).filter((word) => word !== ''), length: end + 1 }
}

function lineAt(input: string, from: number): { line: string; next: number } | undefined {
  const end = input.indexOf('\r\n', from)
  return end < 0 ? undefined : { line: input.slice(from, end), next: end + 2 }
}
