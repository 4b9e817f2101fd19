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
