import { type DetailedChange, detailedChanges } from './changes.ts'
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
  const writer = new MemberWriter()
  const members: TarEntry[] = []
  for (const change of detailedChanges(base, now, opaque)) {
    const { path, inode } = change
    const member = inode ? writer.member(inode, path.slice(1)) : whiteout(change)
    if (member) members.push(member)
    if (inode && change.opaque) members.push(mark(`${path}/${OPAQUE}`, inode))
  }
  return encode(members)
}

/** Dated as the directory that lost the name, so that equal histories make equal layers. */
function whiteout({ path, directory }: DetailedChange): TarEntry {
  const cut = path.lastIndexOf('/') + 1
  return mark(path.slice(0, cut) + WHITEOUT + path.slice(cut), directory)
}

function mark(path: string, { mtime }: Inode): TarEntry {
  return tarEntry({ name: path.slice(1), mode: 0, mtime: mtime - (mtime % 1_000_000_000n) })
}
