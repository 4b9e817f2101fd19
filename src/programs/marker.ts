/** The content of an executable of a synthetic image: what stands behind it in the catalog. `busybox` goes by the name it is called by. */
export const marker = (program: string): string => `#!wavetank:${program}\n`
