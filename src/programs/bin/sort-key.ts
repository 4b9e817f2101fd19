interface Place {
  readonly field: number
  /** Of a start 1 is the first character; of an end 0 is the last. */
  readonly offset: number
}

/** `-k START[,END]` */
export interface Key {
  readonly start: Place
  readonly end: Place | undefined
  readonly flags: string
}

/** `2`, `2,3`, `1.3,1.5n`; undefined: it is none. */
export function parseKey(text: string): Key | undefined {
  const found = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text)
  if (!found || Number(found[1]) < 1) return undefined
  const [, field, offset, flags = '', endField, endOffset, endFlags = ''] = found
  return {
    start: { field: Number(field), offset: Number(offset ?? 1) },
    end: endField === undefined ? undefined : { field: Number(endField), offset: Number(endOffset ?? 0) },
    flags: flags + endFlags,
  }
}
