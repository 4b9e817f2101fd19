import type { IFs, Volume } from 'memfs'
import { memfs } from '#memfs'
import type { FileSystem } from './file-system.ts'
import { ROOT } from './inode.ts'
import { coreMethods } from './memfs/core.ts'
import type { MemfsCore } from './memfs/memfs-core.ts'
import { type LinkContext, ViewLink } from './memfs/view-link.ts'
import { ViewNode } from './memfs/view-node.ts'
import { type ViewOptions, ViewTree } from './memfs/view-tree.ts'

export type { IFs as MemfsFs } from 'memfs'
export type { ViewOptions } from './memfs/view-tree.ts'

/**
 * A memfs `fs` over a file system: what either side writes the other one sees. Given a function, the view follows
 * whenever that gives another file system. Everything is done as root at the time that `now` tells.
 * @example
 * const fs = memfsView(() => container.files, { now: () => clock.nanos, onWrite: () => save() })
 * fs.writeFileSync('/etc/motd', 'hello')
 */
export function memfsView(files: FileSystem | (() => FileSystem), options: ViewOptions): IFs {
  const tree = new ViewTree(typeof files === 'function' ? files : () => files, options)
  const { Volume, createFsFromVolume } = memfs()
  const volume = new Volume()
  graft(volume, tree)
  return createFsFromVolume(volume)
}

/** Puts our tree in the place of the one that memfs's core came with. */
function graft(volume: Volume, tree: ViewTree): void {
  const own = volume._core
  const sample = own.root.getNode().getBuffer()
  // memfs has its own Buffer in a browser, so take the class from a Buffer of its making.
  const { from } = sample.constructor as typeof Buffer
  const buffer = (bytes: Uint8Array) => from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const nodes = new Map<number, ViewNode>()
  const context: LinkContext = {
    tree,
    node: (ino) => nodes.get(ino) ?? remember(nodes, new ViewNode(tree, ino, buffer)),
  }
  const core = own as unknown as MemfsCore
  Object.assign(own, { inodes: {}, process: PROCESS })
  Object.assign(core, { root: new ViewLink(context, undefined, '', ROOT) }, coreMethods(core, context))
}

/** The same inode is the same object, which memfs relies on. */
function remember(nodes: Map<number, ViewNode>, node: ViewNode): ViewNode {
  nodes.set(node.ino, node)
  return node
}

/** Nothing of the host's process shows. */
const PROCESS = { cwd: () => '/', platform: 'linux', env: {}, emitWarning: () => {}, getuid: () => 0, getgid: () => 0 }
