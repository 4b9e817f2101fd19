import { ArchiveError } from '../archive-error.ts'

/** In the words of the library that the daemon reads Zstandard with. */
export const badMagic = (): ArchiveError => new ArchiveError('invalid input: magic number mismatch')
export const reservedBlock = (): ArchiveError => new ArchiveError('invalid input: reserved block type encountered')
export const unknownDictionary = (): ArchiveError => new ArchiveError('unknown dictionary')
export const sizeMismatch = (): ArchiveError => new ArchiveError('frame size does not match size on stream')
export const checksumMismatch = (): ArchiveError => new ArchiveError('CRC check failed')
export const corrupt = (): ArchiveError => new ArchiveError('corruption detected')
