import { FileError } from './file-error.ts'

const NAME_MAX = 255

/** Refuses what cannot be a name in a directory. */
export function verifyName(name: string): void {
  if (name.length > NAME_MAX) throw new FileError('ENAMETOOLONG', name)
  if (name === '' || name === '.' || name === '..' || name.includes('/')) throw new FileError('EINVAL', name)
}
