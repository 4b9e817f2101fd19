import { FileSystem } from './file-system.ts'
import { applyLayer } from './layer.ts'
import { encode } from './tar/encode.ts'
import {
  BLOCK_DEVICE,
  CHARACTER_DEVICE,
  DIRECTORY,
  FIFO,
  HARD_LINK,
  REGULAR,
  SYMLINK,
  type TarEntry,
  tarEntry,
} from './tar/tar-entry.ts'

/**
 * What stands at a path: text or bytes of a file, null for a directory, or the details.
 * @example
 * const tree: Tree = { 'etc/hostname': 'tank\n', 'tmp/': { mode: 0o1777 }, 'bin/sh': { symlink: 'busybox' } }
 */
export interface Tree {
  readonly [path: string]: string | Uint8Array | null | TreeNode
}

interface TreeNode {
  readonly content?: string | Uint8Array
  readonly symlink?: string
  /** Another path of the tree, of which this is a hard link. */
  readonly link?: string
  readonly device?: { readonly type: 'character' | 'block'; readonly major: number; readonly minor: number }
  readonly fifo?: true
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  /** Nanoseconds since the epoch. */
  readonly mtime?: bigint
  readonly xattrs?: Readonly<Record<string, Uint8Array | string>>
}

export interface TreeOptions {
  /** Nanoseconds since the epoch: the time of what does not say its own. */
  readonly mtime?: bigint
}

const UTF8 = new TextEncoder()

/** The members of a layer that holds the tree: parents first, hard links last, the rest in path order. */
export function treeMembers(tree: Tree, { mtime = 0n }: TreeOptions = {}): TarEntry[] {
  const nodes = new Map<string, TarEntry>()
  for (const [path, node] of Object.entries(tree)) {
    const name = trimmed(path)
    for (const parent of parents(name)) {
      if (!nodes.has(parent)) nodes.set(parent, tarEntry({ name: `${parent}/`, type: DIRECTORY, mode: 0o755, mtime }))
    }
    if (name !== '') nodes.set(name, member(name, node, path.endsWith('/'), mtime))
  }
  const sorted = [...nodes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
  const isLink = (entry: TarEntry) => entry.type === HARD_LINK
  return [...sorted.filter((entry) => !isLink(entry)), ...sorted.filter(isLink)]
}

/** The tree as a layer: the same tree gives the same bytes everywhere. */
export function treeLayer(tree: Tree, options: TreeOptions = {}): Uint8Array {
  return encode(treeMembers(tree, options))
}

export function treeFiles(tree: Tree, options: TreeOptions = {}): FileSystem {
  const files = new FileSystem()
  applyLayer(files, treeLayer(tree, options), { now: options.mtime ?? 0n })
  return files
}

const trimmed = (path: string): string => path.replace(/^\/+|\/+$/g, '')

function parents(name: string): string[] {
  const out: string[] = []
  for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) out.push(name.slice(0, at))
  return out
}

function member(name: string, value: Tree[string], isDirectory: boolean, mtime: bigint): TarEntry {
  const node = detailed(value)
  const type = isDirectory || value === null ? DIRECTORY : typeOf(node)
  const { uid = 0, gid = 0, xattrs } = node
  return tarEntry({
    name: type === DIRECTORY ? `${name}/` : name,
    type,
    mode: node.mode ?? (type === DIRECTORY ? 0o755 : type === SYMLINK ? 0o777 : 0o644),
    uid,
    gid,
    mtime: node.mtime ?? mtime,
    linkname: node.symlink ?? (node.link === undefined ? '' : trimmed(node.link)),
    devmajor: node.device?.major ?? 0,
    devminor: node.device?.minor ?? 0,
    xattrs: xattrs ? new Map(Object.entries(xattrs).map(([key, value]) => [key, bytes(value)])) : null,
    body: bytes(node.content ?? ''),
  })
}

function detailed(value: Tree[string]): TreeNode {
  if (value === null) return {}
  return typeof value === 'string' || value instanceof Uint8Array ? { content: value } : value
}

function typeOf(node: TreeNode): string {
  if (node.symlink !== undefined) return SYMLINK
  if (node.link !== undefined) return HARD_LINK
  if (node.device) return node.device.type === 'block' ? BLOCK_DEVICE : CHARACTER_DEVICE
  return node.fifo ? FIFO : REGULAR
}

const bytes = (value: string | Uint8Array): Uint8Array => (typeof value === 'string' ? UTF8.encode(value) : value)
