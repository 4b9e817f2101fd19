import * as loaded from './index.ts'

/** The builder where nothing can be loaded later: the twin of node/builder.ts for browsers and bundlers. */
export const builder = (): typeof loaded => loaded
