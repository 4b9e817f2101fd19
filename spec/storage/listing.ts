import { FileSystem, type Snapshot } from '../../src/storage/file-system.ts'
import { contents, type Inode, isDirectory, isFile, ROOT } from '../../src/storage/inode.ts'

export interface Line {
  readonly path: string
  readonly mode: string
  readonly owner: string
  readonly mtime: bigint
  readonly what: string
  readonly xattrs: string
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Every path of a file system and what is there, in walk order. */
export function listing(snapshot: Snapshot): Line[] {
  const lines: Line[] = []
  const visit = (inode: Inode, path: string) => {
    lines.push(line(inode, path))
    for (const [name, ino] of inode.entries?.entries() ?? []) visit(snapshot.table.get(ino)!, `${path}/${name}`)
  }
  visit(snapshot.table.get(ROOT)!, '')
  return lines
}

function line(inode: Inode, path: string): Line {
  const { mode, uid, gid, mtime, target, rdev, xattrs } = inode
  return {
    path: path || '/',
    mode: mode.toString(8),
    owner: `${uid}:${gid}`,
    mtime,
    what: isFile(inode) ? text(contents(inode)) : isDirectory(inode) ? '' : target || `${rdev}`,
    xattrs: JSON.stringify((xattrs?.entries() ?? []).map(([key, value]) => [key, text(value)])),
  }
}

/** The listing as a layer can keep it: whole seconds, and the root's own attributes left out. */
export function archivable(snapshot: Snapshot): Line[] {
  return listing(snapshot)
    .filter(({ path }) => path !== '/')
    .map((each) => ({ ...each, mtime: each.mtime - (each.mtime % 1_000_000_000n) }))
}

/** Which paths are names of one inode, for inodes with several. */
export function linkGroups(snapshot: Snapshot): string[][] {
  const groups = new Map<number, string[]>()
  const fs = new FileSystem(snapshot)
  for (const { path } of listing(snapshot)) {
    const { ino, nlink, entries } = fs.need(path, { follow: false })
    if (!entries && nlink > 1) groups.set(ino, [...(groups.get(ino) ?? []), path])
  }
  return [...groups.values()]
}

/** What must hold of every file system, whatever was done to it. */
export function soundness(snapshot: Snapshot): string[] {
  const wrong: string[] = []
  const names = new Map<number, number>()
  const subdirectories = new Map<number, number>()
  const fs = new FileSystem(snapshot)
  for (const { path } of listing(snapshot)) {
    const inode = fs.need(path, { follow: false })
    names.set(inode.ino, (names.get(inode.ino) ?? 0) + 1)
    for (const ino of inode.entries?.values() ?? []) {
      if (isDirectory(fs.inode(ino))) subdirectories.set(inode.ino, (subdirectories.get(inode.ino) ?? 0) + 1)
    }
  }
  for (const [ino, count] of names) {
    const inode = fs.inode(ino)
    const expected = isDirectory(inode) ? 2 + (subdirectories.get(ino) ?? 0) : count
    if (inode.nlink !== expected) wrong.push(`${fs.pathOf(ino)} has ${inode.nlink} links, not ${expected}`)
    if (fs.lookup(fs.pathOf(ino), { follow: false })?.ino !== ino) wrong.push(`${ino} is not at its own path`)
    if (!isDirectory(inode) && 1 + (inode.aliases?.size ?? 0) !== count) wrong.push(`${ino} knows too few of its names`)
  }
  for (let ino = 1; ino < snapshot.next; ino++) {
    if (snapshot.table.get(ino) && !names.has(ino)) wrong.push(`${ino} is lost`)
  }
  return wrong
}
