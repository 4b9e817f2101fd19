import { Problem } from '../core/problem.ts'
import { readJson } from './go-json-text.ts'
import type { Input } from './input.ts'

const decoder = new TextDecoder()

const refused = (message: string) => new Problem('InvalidParameter', message)

/** The whole body as JSON, with the daemon's checks: Content-Type, EOF, syntax, one value only. moby: httputils.ReadJSON */
export function requiredJson(input: Input): unknown {
  const { body, headers } = input.request
  if (body.length > 0 || headers['content-type']) checkContentType(input)
  if (body.length === 0) throw refused('invalid JSON: got EOF while reading request body')
  return parse(body)
}

/** As requiredJson, but no body is `undefined`. */
export function optionalJson(input: Input): unknown {
  return input.request.body.length === 0 ? undefined : requiredJson(input)
}

/** moby: httputils.CheckForJSON */
export function checkContentType(input: Input): void {
  const header = input.request.headers['content-type'] ?? ''
  const type = header.split(';')[0]!.trim().toLowerCase()
  if (type === '') throw refused(`malformed Content-Type header (${header}): mime: no media type`)
  if (type !== 'application/json')
    throw refused(`unsupported Content-Type header (${header}): must be 'application/json'`)
}

function parse(body: Uint8Array): unknown {
  const result = readJson(decoder.decode(body))
  if ('error' in result) throw refused(`invalid JSON: ${result.error}`)
  if (result.rest.trim() !== '') throw refused('unexpected content after JSON')
  return result.value
}
