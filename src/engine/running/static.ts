import * as loaded from './index.ts'

/** What containers that run need where nothing can be loaded later: the twin of node/running.ts for browsers and bundlers. */
export const running = (): typeof loaded => loaded
