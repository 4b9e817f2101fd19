/** AUFS marks, which every layer uses: `.wh.name` takes a name away, `.wh..wh..opq` all of a directory's lower ones. */
export const WHITEOUT = '.wh.'
export const WHITEOUT_META = '.wh..wh.'
export const WHITEOUT_LINKS = '.wh..wh.plnk'
export const OPAQUE = '.wh..wh..opq'
