import { createRequire } from 'node:module'
import type * as Programs from '../programs/index.ts'

let loaded: typeof Programs | undefined

/** The programs, loaded when the first container starts: they are two fifths of wavetank. The twin of programs/static.ts. */
export const programs = (): typeof Programs => {
  loaded ??= createRequire(import.meta.url)('../programs/index.js') as typeof Programs
  return loaded
}
