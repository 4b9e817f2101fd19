import * as loaded from './index.ts'

/** Docker Hub where nothing can be loaded later: the twin of node/hub.ts for browsers and bundlers. */
export const theHub = (): typeof loaded => loaded
