import { directory, symlink } from '../engine/images/official/linux-tree.ts'
import { FileSystem, type Snapshot } from '../storage/file-system.ts'
import { type TarEntry, tarEntry } from '../storage/tar/tar-entry.ts'

/** A file of a declared image. */
export type ImageFile =
  | string
  | Uint8Array
  | {
      /** Default: empty. */
      readonly content?: string | Uint8Array
      /** Permission bits: `0o755`. */
      readonly mode?: number
      readonly uid?: number
      readonly gid?: number
    }
  | { readonly link: string }

const utf8 = (text: string | Uint8Array) => (typeof text === 'string' ? new TextEncoder().encode(text) : text)

/** The members of a layer with these files over what is there, by path; directories that nobody has are made. */
export function layerMembers(files: Readonly<Record<string, ImageFile>>, below: Snapshot): TarEntry[] {
  const there = new FileSystem(below)
  const named = new Map(Object.entries(files).map(([path, file]) => [relative(path), member(path, file)]))
  const missing = [...named.keys()].flatMap(ancestors).filter((path) => !named.has(path) && !there.lookup(`/${path}`))
  const all = [...named, ...[...new Set(missing)].map((path): [string, TarEntry] => [path, directory(path)])]
  return all.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
}

const relative = (path: string) => path.replace(/^\/+|\/+$/g, '')

function member(path: string, file: ImageFile): TarEntry {
  const name = relative(path)
  if (typeof file === 'object' && 'link' in file) return symlink(name, file.link)
  const {
    content = '',
    mode,
    uid = 0,
    gid = 0,
  } = typeof file === 'string' || file instanceof Uint8Array ? { content: file } : file
  const base = directory(name, mode)
  if (path.endsWith('/')) return { ...base, uid, gid }
  const body = utf8(content)
  return tarEntry({ name, body, mode: mode ?? (isScript(body) ? 0o755 : 0o644), uid, gid, mtime: base.mtime })
}

const isScript = (body: Uint8Array) => body[0] === 0x23 && body[1] === 0x21

function ancestors(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}
