import { ArchiveError } from '../archive-error.ts'

/** In the words of Go's compress/bzip2. */
export const invalid = (what: string): ArchiveError => new ArchiveError(`bzip2 data invalid: ${what}`)
