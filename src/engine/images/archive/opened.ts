import { Problem } from '../../../core/problem.ts'
import { readJson } from '../../../http/go-json-text.ts'
import { cleanName } from '../../../storage/extract.ts'
import { FileError, strerror } from '../../../storage/file-error.ts'
import { FileSystem } from '../../../storage/file-system.ts'
import { decompress } from '../../../storage/gzip/decompress.ts'
import { contents, isDirectory } from '../../../storage/inode.ts'
import { Namespace } from '../../../storage/mount-namespace.ts'
import { unpackInto } from '../../../storage/unpack.ts'
import { readingArchive } from '../archive-problem.ts'

const TEMPORARY = '/var/lib/docker/tmp'

/** An archive of images as the daemon reads it: unpacked into a folder of its own, where links lead nowhere else. */
export class OpenedArchive {
  readonly #files = new FileSystem()
  readonly #folder: string

  /** @param folder as the daemon's words name it; nobody sees it otherwise. */
  constructor(archive: Uint8Array, folder: string) {
    this.#folder = `${TEMPORARY}/${folder}`
    const namespace = new Namespace(new Map([['', this.#files]]), '')
    readingArchive(() => unpackInto(namespace, '/', decompress(archive)))
  }

  has(path: string): boolean {
    return this.#files.lookup(`/${path}`) !== undefined
  }

  /** The content of a file, without a copy. */
  read(path: string): Uint8Array {
    if (cleanName(path).startsWith('..'))
      throw new Problem('System', `evalSymlinksInScope: ${this.#outside(path)} is not in ${this.#folder}`)
    try {
      const inode = this.#files.need(`/${path}`)
      if (isDirectory(inode)) throw new FileError('EISDIR')
      return contents(inode)
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      const verb = error.code === 'EISDIR' ? 'read' : 'open'
      throw new Problem('System', `${verb} ${this.#folder}/${path}: ${strerror(error.code).toLowerCase()}`)
    }
  }

  /** The first JSON value of a file; refused in the words of Go's decoder. */
  json(path: string): unknown {
    const read = readJson(new TextDecoder().decode(this.read(path)))
    if ('error' in read) throw new Problem('System', read.error)
    return read.value
  }

  /** The directories at the top, in order. */
  directories(): string[] {
    return this.#files.readdir('/').filter((name) => isDirectory(this.#files.need(`/${name}`, { follow: false })))
  }

  #outside(path: string): string {
    const parts = this.#folder.split('/')
    for (const part of cleanName(path).split('/')) {
      if (part === '..') parts.pop()
      else parts.push(part)
    }
    return parts.join('/')
  }
}
