import { ArchiveError } from '../archive-error.ts'

/** The daemon hands xz archives to the program of that name: these are its words, and how they are passed on. */
const refused = (words: string): ArchiveError => new ArchiveError(`exit status 1: xz: (stdin): ${words}\n`)

export const corrupt = (): ArchiveError => refused('Compressed data is corrupt')
export const unexpectedEnd = (): ArchiveError => refused('Unexpected end of input')
export const notRecognized = (): ArchiveError => refused('File format not recognized')
export const unsupported = (): ArchiveError => refused('Unsupported options')
