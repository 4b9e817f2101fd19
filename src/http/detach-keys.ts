/** Control characters by code, as moby's pkg/term names them. */
const CONTROLS = ['ctrl-@', ...'abcdefghijklmnopqrstuvwxyz[\\]^_'].map((key, code) =>
  code === 0 ? key : `ctrl-${key}`,
)

/** ctrl-p, ctrl-q */
export const defaultDetachKeys: readonly number[] = [16, 17]

/**
 * `ctrl-p,ctrl-q` as bytes; `undefined` where a key has no such name. moby: term.ToBytes
 *
 * @example parseDetachKeys('ctrl-a,d') // [1, 100]
 */
export function parseDetachKeys(text: string): readonly number[] | undefined {
  const codes: number[] = []
  for (const key of text.split(',')) {
    const code = key.length === 1 ? key.charCodeAt(0) : key === 'DEL' ? 127 : CONTROLS.indexOf(key)
    if (code < 0) return undefined
    codes.push(code)
  }
  return codes
}

/** How many of the keys were typed in a row so far. */
export type Typed = number

/** Typed bytes without those that may yet become the detach keys; `detached`: they were all typed. moby: term.NewEscapeProxy */
export function watchDetachKeys(
  keys: readonly number[],
  typed: Typed,
  bytes: Uint8Array,
): { readonly typed: Typed; readonly bytes: Uint8Array; readonly detached: boolean } {
  const out: number[] = []
  for (const byte of bytes) {
    if (byte === keys[typed]) {
      typed++
      if (typed === keys.length) return { typed: 0, bytes: Uint8Array.from(out), detached: true }
    } else {
      out.push(...keys.slice(0, typed), byte)
      typed = 0
    }
  }
  return { typed, bytes: Uint8Array.from(out), detached: false }
}
