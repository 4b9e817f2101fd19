import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFSOCK } from '../../storage/inode.ts'

const TYPES: Readonly<Record<number, string>> = {
  [S_IFDIR]: 'd',
  [S_IFLNK]: 'l',
  [S_IFCHR]: 'c',
  [S_IFBLK]: 'b',
  [S_IFIFO]: 'p',
  [S_IFSOCK]: 's',
}

/** `drwxr-xr-t` */
export function modeText(mode: number): string {
  const special = [mode & 0o4000, mode & 0o2000, mode & 0o1000]
  const letters = [...'rwxrwxrwx'].map((letter, at) => ((mode >> (8 - at)) & 1 ? letter : '-'))
  for (const [i, set] of special.entries()) {
    const at = i * 3 + 2
    const runs = letters[at] !== '-'
    if (set) letters[at] = i === 2 ? (runs ? 't' : 'T') : runs ? 's' : 'S'
  }
  return (TYPES[mode & S_IFMT] ?? '-') + letters.join('')
}

const WHO: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 }

/** `755`, `u+x,go-w`, `a=rX`: the new permission bits, or undefined where it is no mode. */
export function parseMode(text: string, mode: number, umask: number): number | undefined {
  if (/^[0-7]{1,5}$/.test(text)) return Number.parseInt(text, 8) & 0o7777
  let bits = mode & 0o7777
  for (const clause of text.split(',')) {
    const [, who, changes] = /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/.exec(clause) ?? []
    if (changes === undefined) return undefined
    const whom = [...(who || 'a')].reduce((mask, letter) => mask | WHO[letter]!, 0)
    const mask = who ? whom : whom & ~umask
    for (const [, sign, letters] of changes.matchAll(/([-+=])([rwxXstugo]*)/g))
      bits = applied(bits, mode, whom, mask, sign!, letters!)
  }
  return bits
}

function applied(bits: number, mode: number, whom: number, mask: number, sign: string, letters: string): number {
  const wanted = [...letters].reduce((sum, letter) => sum | letterBits(letter, bits, mode), 0) & mask
  if (sign === '+') return bits | wanted
  if (sign === '-') return bits & ~wanted
  return (bits & ~(whom & 0o777)) | wanted
}

function letterBits(letter: string, bits: number, mode: number): number {
  const spread = (three: number) => three * 0o111
  switch (letter) {
    case 'r':
      return 0o444
    case 'w':
      return 0o222
    case 'x':
      return 0o111
    case 'X':
      return (mode & S_IFMT) === S_IFDIR || mode & 0o111 ? 0o111 : 0
    case 's':
      return 0o6000
    case 't':
      return 0o1000
    case 'u':
      return spread((bits >> 6) & 7)
    case 'g':
      return spread((bits >> 3) & 7)
    default:
      return spread(bits & 7)
  }
}
