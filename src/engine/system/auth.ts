import { Problem } from '../../core/problem.ts'
import { decode } from '../../http/go-json.ts'
import { readJson } from '../../http/go-json-text.ts'
import type { Input } from '../../http/input.ts'
import { authConfig } from '../distribution/credentials.ts'

const decoder = new TextDecoder()

/** This endpoint reads its body without the common checks, so that what is wrong with it is a server's error. */
export function credentials({ request }: Input) {
  const result = readJson(decoder.decode(request.body))
  if ('error' in result) throw new Problem('System', result.error)
  return decode(authConfig, result.value)
}
