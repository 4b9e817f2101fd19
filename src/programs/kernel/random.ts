/** splitmix32: good enough for /dev/urandom, and its whole state is one number. */
export function nextRandom(state: { random: number }): number {
  state.random = (state.random + 0x9e3779b9) | 0
  let mixed = state.random ^ (state.random >>> 16)
  mixed = Math.imul(mixed, 0x21f0aaad)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

export function randomBytes(state: { random: number }, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 4) {
    const word = nextRandom(state)
    for (let byte = 0; byte < 4 && at + byte < length; byte++) bytes[at + byte] = word >>> (8 * byte)
  }
  return bytes
}

/** FNV-1a of a string: a seed in words becomes one in numbers. */
export function seedNumber(seed: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193)
  return hash | 0
}
