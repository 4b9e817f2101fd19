const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const LENGTH = 27

/** `dckr_pat_` and 27 characters, from 64 random hex digits. */
export function secretOf(hex: string, prefix = 'dckr_pat_'): string {
  const letters = Array.from(
    { length: LENGTH },
    (_, i) => ALPHABET[Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16) % 64],
  )
  return prefix + letters.join('')
}
