import * as loaded from './index.ts'

/** What runs containers where nothing can be loaded later: the twin of node/machines.ts for browsers and bundlers. */
export const machines = (): typeof loaded => loaded
