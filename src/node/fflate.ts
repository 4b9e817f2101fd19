import { createRequire } from 'node:module'
import type * as Fflate from 'fflate'

/** fflate, loaded when there is first something to pack or unpack. The twin of storage/gzip/static.ts. */
export const fflate = (): typeof Fflate => createRequire(import.meta.url)('fflate')
