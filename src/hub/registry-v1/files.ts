import { ArchiveError } from '../../storage/archive-error.ts'
import { decompress } from '../../storage/gzip/decompress.ts'
import { members } from '../../storage/tar/decode.ts'
import type { TarEntry } from '../../storage/tar/tar-entry.ts'
import { layerUnsupported } from './errors.ts'

/** `[path, type, deleted, size, mtime, mode, uid, gid]` */
export type FileRow = readonly [
  path: string,
  type: string,
  deleted: boolean,
  size: number,
  mtime: number,
  mode: number,
  uid: number,
  gid: number,
]

/** Typeflags of tar as docker-registry's letters. */
const TYPES: Readonly<Record<string, string>> = {
  '0': 'f',
  '\0': 'f',
  '7': 'f',
  '1': 'l',
  '2': 's',
  '3': 'c',
  '4': 'b',
  '5': 'd',
  '6': 'i',
  S: 'S',
}

const WHITEOUT = '/.wh.'

/** What is in a layer; refuses one that is no archive. docker-registry: layers.get_image_files_from_fobj */
export function filesOf(layer: Uint8Array): FileRow[] {
  try {
    const rows = [...members(decompress(layer))].map(row)
    if (rows.length === 0 && layer.length < 1024) throw layerUnsupported()
    return rows
  } catch (error) {
    if (error instanceof ArchiveError) throw layerUnsupported()
    throw error
  }
}

function row({ name, type, body, mtime, mode, uid, gid }: TarEntry): FileRow {
  const path = rooted(name)
  const deleted = path.startsWith(WHITEOUT)
  const shown = deleted ? `/${path.slice(WHITEOUT.length)}` : path
  const seconds = Number(mtime / 1_000_000_000n)
  return [shown, TYPES[type] ?? 'u', deleted, body.length, seconds, mode, uid, gid]
}

/** `.` is `/`, `./x` is `/x`; what is written otherwise stays as it is. */
function rooted(name: string): string {
  const bare = name.replace(/(.)\/$/, '$1')
  return bare === '.' ? '/' : bare.replace(/^\.\//, '/')
}

type Rest = readonly unknown[]

/** A file may have any name, `__proto__` too. */
const byPath = (): Record<string, Rest> => Object.create(null)

/** What a layer does to those below it, nearest first. docker-registry: layers.get_image_diff_json */
export function diffOf(own: readonly FileRow[], below: readonly (readonly FileRow[])[]) {
  const lower = below.map((rows) => new Map(rows.map((row) => [row[0], row])))
  const [deleted, changed, created] = [byPath(), byPath(), byPath()]
  for (const [path, ...rest] of own) {
    const before = lower.find((rows) => rows.has(path))?.get(path)
    const kind = rest[1] ? deleted : before && !before[2] ? changed : created
    kind[path] = rest
  }
  return { deleted, changed, created }
}
