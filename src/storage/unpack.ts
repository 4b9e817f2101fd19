import { ArchiveError } from './archive-error.ts'
import { clamp, cleanName, Extraction, type ExtractOptions } from './extract.ts'
import { FileError } from './file-error.ts'
import { isDirectory } from './inode.ts'
import type { Namespace } from './mount-namespace.ts'
import { absolutePath } from './pack.ts'
import { type DecodeLimits, members } from './tar/decode.ts'
import { PAX_GLOBAL } from './tar/tar-entry.ts'

export interface UnpackOptions extends ExtractOptions {
  readonly limits?: DecodeLimits
}

/**
 * Extracts an archive into an existing directory, as `docker cp` to a container does. Refuses members that would land
 * outside of it; ENOTDIR when `path` is no directory.
 */
export function unpackInto(ns: Namespace, path: string, tar: Uint8Array, options: UnpackOptions = {}): void {
  const top = ns.need(absolutePath(path))
  if (!isDirectory(ns.inode(top))) throw new FileError('ENOTDIR', path)
  const topPath = ns.pathOf(top)
  const extraction = new Extraction(ns, top, topPath, options)
  for (const entry of members(tar, options.limits)) {
    if (entry.type === PAX_GLOBAL) continue
    // Nothing is outside of the root: there `..` leads to it again.
    const name = topPath === '/' ? clamp(entry.name) : cleanName(entry.name)
    if (name === '..' || name.startsWith('../')) throw new ArchiveError(`"${name}" is outside of "${topPath}"`)
    // The directory itself keeps its owner, mode and times.
    if (name !== '') extraction.add(name, entry)
  }
  extraction.finish()
}
