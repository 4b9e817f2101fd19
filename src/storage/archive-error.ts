/** A refused archive as plain data, in the words of Go's archive packages and of the daemon. */
export class ArchiveError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

export const invalidHeader = () => new ArchiveError('archive/tar: invalid tar header')
export const fieldTooLong = () => new ArchiveError('archive/tar: header field too long')
export const unexpectedEOF = () => new ArchiveError('unexpected EOF')
export const tooManyEntries = (limit: number) => new ArchiveError(`archive has more than ${limit} entries`)
