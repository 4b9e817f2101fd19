/** The words of `-v a:b:ro,z`, by kind; of each kind one may stand. moby: volume/mounts/linux_parser.go */
const KINDS: readonly (readonly string[])[] = [
  ['rw', 'ro'],
  ['z', 'Z'],
  ['private', 'rprivate', 'slave', 'rslave', 'shared', 'rshared'],
  ['nocopy'],
  ['consistent', 'cached', 'delegated'],
]
const PROPAGATIONS = KINDS[2]!

const words = (mode: string) => mode.split(',')

export function isMountMode(mode: string): boolean {
  if (mode === '') return true
  const kinds = words(mode).map((word) => KINDS.findIndex((kind) => kind.includes(word)))
  return !kinds.includes(-1) && new Set(kinds).size === kinds.length
}

export const isReadOnly = (mode: string): boolean => words(mode).includes('ro')
export const hasNoCopy = (mode: string): boolean => words(mode).includes('nocopy')
/** Empty for none. */
export const propagationOf = (mode: string): string => words(mode).find((word) => PROPAGATIONS.includes(word)) ?? ''
export const isPropagation = (word: string): boolean => PROPAGATIONS.includes(word)
