import { utf8 } from '../../src/http/json-lines.ts'
import type { Wavetank } from '../../src/index.ts'

export interface Said {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a spec looks into the JSON as it pleases
  readonly json: any
}

export const HUB = 'https://registry-1.docker.io'
export const OWN = 'http://127.0.0.1:5000'

/** One request to a registry of the tank, by its whole URL. */
export function ask(
  tank: Wavetank,
  method: string,
  url: string,
  { headers = {}, body = '' }: { headers?: Readonly<Record<string, string>>; body?: string | Uint8Array } = {},
): Said {
  const [, origin = '', target = ''] = /^(https?:\/\/[^/]*)(.*)$/.exec(url)!
  const bytes = typeof body === 'string' ? utf8(body) : body
  const served = tank.serve({ method, target, origin, headers, body: bytes })
  if (served.kind !== 'answer') throw new Error(`${method} ${url} is not answered at once`)
  const { status, headers: pairs, body: parts } = served.answer
  const text = parts.map((part) => new TextDecoder().decode(part)).join('')
  const json = /^\s*[{[]/.test(text) ? parsed(text) : undefined
  return { status, headers: Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value])), text, json }
}

export const codesOf = ({ json }: Said): string[] => json.errors.map(({ code }: { code: string }) => code)

/** A blob may begin like JSON and be none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
