import { ArchiveError } from './archive-error.ts'
import { above, clamp, Extraction, type ExtractOptions } from './extract.ts'
import type { FileSystem } from './file-system.ts'
import { isDirectory } from './inode.ts'
import { type Handle, Namespace } from './mount-namespace.ts'
import { baseName } from './pack.ts'
import { type DecodeLimits, members } from './tar/decode.ts'
import { HARD_LINK, isHeaderOnly, PAX_GLOBAL, REGULAR, type TarEntry } from './tar/tar-entry.ts'
import { OPAQUE, WHITEOUT, WHITEOUT_LINKS, WHITEOUT_META } from './whiteout.ts'

export interface ApplyOptions extends Pick<ExtractOptions, 'now'> {
  readonly limits?: DecodeLimits
}

/** What the layer holds. */
export interface Applied {
  /** Bytes of content of all its files. */
  readonly size: number
}

/**
 * Puts a layer's archive over a file system: whiteouts take away, directories merge, all else replaces. File contents
 * are views of `tar`. A refusal may leave it half done: apply to a fork.
 */
export function applyLayer(fs: FileSystem, tar: Uint8Array, { now, limits }: ApplyOptions = {}): Applied {
  return applyMembers(fs, members(tar, limits), now === undefined ? {} : { now })
}

/** As applyLayer, with the members of the archive. */
export function applyMembers(
  fs: FileSystem,
  entries: Iterable<TarEntry>,
  options: Pick<ExtractOptions, 'now'> = {},
): Applied {
  const layer = new LayerApplication(fs, options)
  let size = 0
  for (const entry of entries) {
    layer.add(entry)
    size += contentSize(entry)
  }
  layer.finish()
  return { size }
}

/** What a member adds to the bytes of content of its layer. */
export const contentSize = ({ type, body }: TarEntry): number =>
  type === PAX_GLOBAL || isHeaderOnly(type) ? 0 : body.length

class LayerApplication {
  readonly #extraction: Extraction
  readonly #unpacked = new Set<string>()
  /** AUFS keeps hard linked files in a directory of their own, which is not part of the tree. */
  readonly #parked = new Map<string, TarEntry>()

  constructor(fs: FileSystem, options: ExtractOptions) {
    const ns = new Namespace(new Map([['', fs]]), '')
    this.#extraction = new Extraction(ns, ns.root, '/', options)
  }

  add(entry: TarEntry): void {
    if (entry.type === PAX_GLOBAL) return
    const path = clamp(entry.name)
    const name = path === '' ? '' : baseName(path)
    if (path.startsWith(WHITEOUT_META) && path !== OPAQUE) this.#park(path, entry)
    else if (name === OPAQUE) this.#opaque(above(path))
    else if (name.startsWith(WHITEOUT)) this.#whiteout(above(path), name.slice(WHITEOUT.length))
    else {
      this.#extraction.add(path, this.#unparked(entry))
      this.#unpacked.add(path)
    }
  }

  finish(): void {
    this.#extraction.finish()
  }

  #whiteout(dir: string, name: string): void {
    if (name === '' || name === '.' || name === '..') throw new ArchiveError(`invalid whiteout "${WHITEOUT}${name}"`)
    this.#extraction.remove(dir === '' ? name : `${dir}/${name}`)
  }

  /** Removes all of a directory but what this layer has put there. */
  #opaque(dir: string): void {
    const at = this.#extraction.lookupDirectory(dir)
    if (!at) throw new ArchiveError(`lstat /${dir}: no such file or directory`)
    const pending: [Handle, string][] = [[at, dir]]
    for (let next = pending.pop(); next; next = pending.pop()) this.#strip(next[0], next[1], pending)
  }

  #strip(dir: Handle, path: string, pending: [Handle, string][]): void {
    const { ns } = this.#extraction
    for (const name of ns.inode(dir).entries!.keys()) {
      const below = path === '' ? name : `${path}/${name}`
      const child = ns.child(dir, name)!
      if (!this.#unpacked.has(below)) this.#extraction.removeEntry(dir, name)
      else if (isDirectory(ns.inode(child))) pending.push([child, below])
    }
  }

  #park(path: string, entry: TarEntry): void {
    if (path.startsWith(WHITEOUT_LINKS) && entry.type === REGULAR) this.#parked.set(baseName(path), entry)
  }

  #unparked(entry: TarEntry): TarEntry {
    if (entry.type !== HARD_LINK || !clamp(entry.linkname).startsWith(WHITEOUT_LINKS)) return entry
    const parked = this.#parked.get(baseName(entry.linkname))
    if (!parked) throw new ArchiveError('invalid aufs hardlink')
    return { ...parked, name: entry.name }
  }
}
