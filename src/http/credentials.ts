import { fromBase64, toBase64 } from './base64.ts'
import { utf8 } from './json-lines.ts'

export interface Basic {
  readonly username: string
  readonly password: string
}

/** `Authorization: Basic …`; `undefined` for every other scheme and for what is not well formed. */
export function basicOf(header: string | undefined): Basic | undefined {
  const encoded = /^basic\s+(\S+)$/i.exec(header ?? '')?.[1]
  const bytes = encoded === undefined ? undefined : fromBase64(encoded)
  if (!bytes) return undefined
  const text = new TextDecoder().decode(bytes)
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) }
}

export const basicHeader = ({ username, password }: Basic): string =>
  `Basic ${toBase64(utf8(`${username}:${password}`))}`

export const bearerOf = (header: string | undefined): string | undefined => /^bearer\s+(\S+)$/i.exec(header ?? '')?.[1]
