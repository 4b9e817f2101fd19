import { missing, wrongField } from '../accounts/errors.ts'
import { badJson } from './answer.ts'

export type Fields = Readonly<Record<string, unknown>>

/** The body as JSON, whatever its Content-Type: curl sends JSON as a form. */
export function bodyJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw badJson()
  }
}

export function bodyFields(bytes: Uint8Array): Fields {
  const value = bodyJson(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badJson()
  return value as Fields
}

export function text(fields: Fields, name: string): string {
  const value = optionalText(fields, name)
  if (value === undefined) throw missing(name)
  return value
}

export function optionalText(fields: Fields, name: string): string | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw wrongField(name)
  return value
}
