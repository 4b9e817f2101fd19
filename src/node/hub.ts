import { createRequire } from 'node:module'
import type * as Hub from '../runtime/hub/index.ts'

let loaded: typeof Hub | undefined

/** Docker Hub, loaded when it is first spoken to. The twin of runtime/hub/static.ts. */
export const theHub = (): typeof Hub => {
  loaded ??= createRequire(import.meta.url)('../runtime/hub/index.js') as typeof Hub
  return loaded
}
