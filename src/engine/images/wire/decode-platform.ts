import { Problem } from '../../../core/problem.ts'
import { readJson } from '../../../http/go-json-text.ts'
import type { Platform } from '../../containers/platform.ts'

const refused = (words: string) => new Problem('InvalidParameter', words)

/** A platform as JSON in a query. moby: httputils.DecodePlatform */
export function decodePlatform(text: string): Platform {
  const read = readJson(text)
  if ('error' in read) throw refused(`failed to parse platform: ${read.error}`)
  const given = (typeof read.value === 'object' && read.value !== null ? read.value : {}) as Record<string, unknown>
  const field = (name: string) => (typeof given[name] === 'string' ? (given[name] as string) : '')
  const [os, architecture, variant] = [field('os'), field('architecture'), field('variant')]
  if (!os && !architecture && (variant || field('os.version')))
    throw refused('optional platform fields provided, but OS and Architecture are missing')
  if (!os || !architecture) throw refused('both OS and Architecture must be provided')
  return { os, architecture, variant }
}
