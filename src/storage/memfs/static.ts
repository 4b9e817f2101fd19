import * as loaded from 'memfs'

/** memfs where nothing can be loaded later: the browser's twin of node/memfs.ts. */
export const memfs = (): typeof loaded => loaded
