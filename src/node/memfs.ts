import { createRequire } from 'node:module'
import type * as Memfs from 'memfs'

/** memfs, loaded when the first view is asked for: it takes longer to load than all of wavetank. The twin of storage/memfs/static.ts. */
export const memfs = (): typeof Memfs => createRequire(import.meta.url)('memfs')
