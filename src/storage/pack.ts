import { FileError } from './file-error.ts'
import { FileSystem } from './file-system.ts'
import { type Inode, isDirectory } from './inode.ts'
import type { Snapshot } from './inode-store.ts'
import type { Namespace } from './mount-namespace.ts'
import { encode } from './tar/encode.ts'
import { MemberWriter } from './tar/member.ts'
import type { TarEntry } from './tar/tar-entry.ts'

/** What packing needs to know of a tree. */
interface Tree<L> {
  inode(at: L): Inode
  child(at: L, name: string): L | undefined
  /** Tells the inodes of hard links apart. */
  key(at: L): string
}

/** A whole tree as `docker export` gives it: names without a leading slash, in walk order, the root itself left out. */
export function exportTar(snapshot: Snapshot, path = '/'): Uint8Array {
  const fs = new FileSystem(snapshot)
  const { ino } = fs.need(path)
  if (!isDirectory(fs.inode(ino))) throw new FileError('ENOTDIR', path)
  return encode(membersUnder(treeOf(fs), ino, ''))
}

/**
 * What `docker cp` reads: an archive of the file or tree at `path`, its names under the path's last one. With a
 * trailing `/.` the names start with `./`, and of the root with `/`. A symlink at the end is itself archived.
 */
export function packPath(ns: Namespace, path: string): Uint8Array {
  const absolute = absolutePath(path)
  const at = ns.need(absolute, { follow: false })
  const name = baseName(absolute)
  const tree = { inode: ns.inode.bind(ns), child: ns.child.bind(ns), key: keyIn(ns) }
  const writer = new MemberWriter()
  const top = writer.member(ns.inode(at), name, tree.key(at))
  const below = membersUnder(tree, at, name === '/' ? '/' : `${name}/`, writer)
  return encode(top ? [top, ...below] : below)
}

/** Paths are relative to the root; a last `.` or slash is kept, as the daemon does. */
export function absolutePath(path: string): string {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  const clean = `/${names.join('/')}`
  if (clean === '/') return path.endsWith('/.') || path === '.' ? '/.' : '/'
  if (path === '.' || path.endsWith('/.')) return `${clean}/.`
  return path.endsWith('/') ? `${clean}/` : clean
}

/** Go's filepath.Base. */
export function baseName(path: string): string {
  const bare = path.replace(/\/+$/, '')
  return bare === '' ? '/' : bare.slice(bare.lastIndexOf('/') + 1)
}

function treeOf(fs: FileSystem): Tree<number> {
  return { inode: (ino) => fs.inode(ino), child: (ino, name) => fs.child(ino, name), key: (ino) => `${ino}` }
}

const keyIn = (ns: Namespace) => (at: { readonly mount: number; readonly ino: number }) => `${ns.fsIdOf(at)}:${at.ino}`

function membersUnder<L>(tree: Tree<L>, top: L, prefix: string, writer = new MemberWriter()): TarEntry[] {
  const members: TarEntry[] = []
  // A stack, last name on top: trees may be deeper than the call stack.
  const pending = children(tree, top, prefix)
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [at, name] = next
    const inode = tree.inode(at)
    const member = writer.member(inode, name, tree.key(at))
    if (member) members.push(member)
    if (isDirectory(inode)) pending.push(...children(tree, at, `${name}/`))
  }
  return members
}

function children<L>(tree: Tree<L>, dir: L, prefix: string): [at: L, name: string][] {
  const names = tree.inode(dir).entries?.keys() ?? []
  return names.reverse().map((name) => [tree.child(dir, name)!, prefix + name])
}
