import * as loaded from 'memfs'

/** memfs where nothing can be loaded later: the twin of node/memfs.ts for browsers and bundlers. */
export const memfs = (): typeof loaded => loaded
