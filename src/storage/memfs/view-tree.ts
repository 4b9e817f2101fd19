import { type Caller, root } from '../caller.ts'
import { FileError } from '../file-error.ts'
import type { FileSystem } from '../file-system.ts'
import { asNode, type Syscall } from './node-error.ts'

export interface ViewOptions {
  /** Nanoseconds since the epoch: the time that changes are made at. */
  readonly now: () => bigint
  /** Called after each change that came in through the view. */
  readonly onWrite?: () => void
  /** Refuse every change with EROFS. */
  readonly readOnly?: boolean
}

/** The file system behind a view. It is asked for anew each time, so that the view follows when it is replaced. */
export class ViewTree {
  readonly #files: () => FileSystem
  readonly #options: ViewOptions

  constructor(files: () => FileSystem, options: ViewOptions) {
    this.#files = files
    this.#options = options
  }

  get files(): FileSystem {
    return this.#files()
  }

  /** Makes a change as root, and tells of it. */
  change<T>(call: Syscall, work: (files: FileSystem, caller: Caller) => T): T {
    const result = asNode(call, () => {
      if (this.#options.readOnly) throw new FileError('EROFS')
      return work(this.files, root(this.#options.now()))
    })
    this.#options.onWrite?.()
    return result
  }
}
