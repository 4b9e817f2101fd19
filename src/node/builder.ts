import { createRequire } from 'node:module'
import type * as Builder from '../engine/builder/index.ts'

let loaded: typeof Builder | undefined

/** The builder and whatever else makes images, loaded with the first command of that kind. The twin of engine/builder/static.ts. */
export const builder = (): typeof Builder => {
  loaded ??= createRequire(import.meta.url)('../engine/builder/index.js') as typeof Builder
  return loaded
}
