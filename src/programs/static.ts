import * as loaded from './index.ts'

/** The programs where nothing can be loaded later: the twin of node/programs.ts for browsers and bundlers. */
export const programs = (): typeof loaded => loaded
