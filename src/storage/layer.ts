import { type DetailedChange, detailedChanges } from './changes.ts'
import { FileSystem } from './file-system.ts'
import type { Inode } from './inode.ts'
import type { Snapshot } from './inode-store.ts'
import { encode } from './tar/encode.ts'
import { MemberWriter } from './tar/member.ts'
import { type TarEntry, tarEntry } from './tar/tar-entry.ts'
import { OPAQUE, WHITEOUT } from './whiteout.ts'

export interface DiffOptions {
  /** Mark directories that replaced others as opaque, as overlay2 does, instead of one whiteout per lost name. */
  readonly opaque?: boolean
}

/** The layer that makes `now` of `base`, as the daemon's commit and build write it. */
export function diffToTar(base: Snapshot, now: Snapshot, { opaque = false }: DiffOptions = {}): Uint8Array {
  const all = detailedChanges(base, now)
  const marked = opaque ? new Set(all.filter(({ replaced }) => replaced).map(({ path }) => path)) : new Set<string>()
  const fs = new FileSystem(now)
  const writer = new MemberWriter()
  const members: TarEntry[] = []
  for (const change of all) {
    const above = change.path.slice(0, change.path.lastIndexOf('/'))
    if (change.kind === 2) {
      if (!marked.has(above)) members.push(whiteout(fs, change))
      continue
    }
    const inode = change.inode ?? fs.need(change.path, { follow: false })
    const member = writer.member(inode, change.path.slice(1))
    if (member) members.push(member)
    if (marked.has(change.path)) members.push(mark(`${change.path}/${OPAQUE}`, inode))
  }
  return encode(members)
}

/** Dated as the directory that lost the name, so that equal histories make equal layers. */
function whiteout(fs: FileSystem, { path }: DetailedChange): TarEntry {
  const cut = path.lastIndexOf('/') + 1
  return mark(path.slice(0, cut) + WHITEOUT + path.slice(cut), fs.need(path.slice(0, cut)))
}

function mark(path: string, { mtime }: Inode): TarEntry {
  return tarEntry({ name: path.slice(1), mode: 0, mtime: mtime - (mtime % 1_000_000_000n) })
}
