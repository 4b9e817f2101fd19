import { type Caller, root } from './caller.ts'
import { FileSystem } from './file-system.ts'
import { S_IFMT } from './inode.ts'

/** What is asked of a file of the caller's. */
interface ForeignStats {
  readonly ino: number | bigint
  readonly mode: number | bigint
  readonly nlink: number | bigint
  readonly mtimeMs: number | bigint
  isDirectory(): boolean
  isFile(): boolean
  isSymbolicLink(): boolean
}

/** The part of a memfs volume, or of any `fs`, that reading needs. */
export interface ReadableFs {
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of fs differ from one maker to the next
  lstatSync(path: string, ...rest: any[]): any
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readdirSync(path: string, ...rest: any[]): any
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readFileSync(path: string, ...rest: any[]): any
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readlinkSync(path: string, ...rest: any[]): any
}

export interface FromMemfsOptions {
  /** Nanoseconds since the epoch: the time of every file, so that what is built of them does not depend on the host. */
  readonly now: bigint
  /** Take the files' own times instead. */
  readonly keepTimes?: boolean
  /** The directory that becomes the root. */
  readonly path?: string
}

/** Copies a caller's volume. Everything belongs to root, as in a build context. */
export function fromMemfs(fs: ReadableFs, options: FromMemfsOptions): FileSystem {
  const files = new FileSystem()
  const caller = root(options.now, 0)
  new Copy(fs, files, caller, options.keepTimes ?? false).directory(options.path ?? '/', '')
  return files
}

class Copy {
  readonly #from: ReadableFs
  readonly #to: FileSystem
  readonly #caller: Caller
  readonly #keepTimes: boolean
  readonly #seen = new Map<number, string>()

  constructor(from: ReadableFs, to: FileSystem, caller: Caller, keepTimes: boolean) {
    this.#from = from
    this.#to = to
    this.#caller = caller
    this.#keepTimes = keepTimes
  }

  directory(source: string, target: string): void {
    const stats = this.#from.lstatSync(source) as ForeignStats
    const { ino } = target === '' ? this.#to.need('/') : this.#to.mkdir(this.#caller, target)
    for (const name of [...(this.#from.readdirSync(source) as string[])].sort()) {
      this.#entry(`${source.replace(/\/$/, '')}/${name}`, `${target}/${name}`)
    }
    this.#dress(ino, stats)
  }

  #entry(source: string, target: string): void {
    const stats = this.#from.lstatSync(source) as ForeignStats
    if (stats.isDirectory()) this.directory(source, target)
    else if (stats.isSymbolicLink()) this.#symlink(source, target)
    else if (stats.isFile()) this.#file(source, target, stats)
  }

  #symlink(source: string, target: string): void {
    this.#to.symlink(this.#caller, `${this.#from.readlinkSync(source)}`, target)
  }

  #file(source: string, target: string, stats: ForeignStats): void {
    const first = Number(stats.nlink) > 1 ? this.#seen.get(Number(stats.ino)) : undefined
    if (first !== undefined) {
      this.#to.link(this.#caller, first, target)
      return
    }
    this.#seen.set(Number(stats.ino), target)
    const { ino } = this.#to.writeFile(this.#caller, target, this.#from.readFileSync(source) as Uint8Array)
    this.#dress(ino, stats)
  }

  #dress(ino: number, stats: ForeignStats): void {
    this.#to.chmod(this.#caller, ino, Number(stats.mode) & ~S_IFMT)
    const mtime = this.#keepTimes ? BigInt(Math.round(Number(stats.mtimeMs))) * 1_000_000n : this.#caller.now
    this.#to.utimes(this.#caller, ino, mtime, mtime)
  }
}
