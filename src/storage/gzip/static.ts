import * as loaded from 'fflate'

/** fflate where nothing can be loaded later: the twin of node/fflate.ts for browsers and bundlers. */
export const fflate = (): typeof loaded => loaded
