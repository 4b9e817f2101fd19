import { Problem } from '../../../core/problem.ts'
import type { Input } from '../../../http/input.ts'
import type { Platform } from '../../containers/platform.ts'
import { supports } from '../../versions.ts'
import { decodePlatform } from './decode-platform.ts'

/** The platform that a save or a load asks for, where its version may; `undefined` for any. */
export function platformOf({ query, version }: Input): Platform | undefined {
  return supports(version, 'archivePlatform') ? onlyOne(query.getAll('platform')) : undefined
}

/** As `platforms` of a delete says it. */
export function platformsOf({ query, version }: Input): Platform | undefined {
  const given = query.getAll('platforms')
  if (!supports(version, 'deletePlatforms') || given.length === 0) return undefined
  const read = given.map(decodePlatform)
  if (read.length > 1) throw new Problem('InvalidParameter', 'multiple platforms are not supported')
  return read[0]
}

function onlyOne(given: readonly string[]): Platform | undefined {
  if (given.length > 1) throw new Problem('InvalidParameter', 'multiple platform parameters not supported')
  return given[0] === undefined || given[0] === '' ? undefined : decodePlatform(given[0])
}
