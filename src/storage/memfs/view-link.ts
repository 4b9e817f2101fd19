import { isDirectory } from '../inode.ts'
import type { ViewNode } from './view-node.ts'
import type { ViewTree } from './view-tree.ts'

/** What links need to make other links. */
export interface LinkContext {
  readonly tree: ViewTree
  node(ino: number): ViewNode
}

/** A name in the tree as memfs's core wants it: made when asked for, and never out of date. */
export class ViewLink {
  readonly ino: number
  readonly parent: ViewLink | undefined
  readonly name: string
  readonly children: ViewChildren
  readonly #context: LinkContext

  constructor(context: LinkContext, parent: ViewLink | undefined, name: string, ino: number) {
    this.#context = context
    this.parent = parent
    this.name = name
    this.ino = ino
    this.children = new ViewChildren(this, context)
  }

  get steps(): string[] {
    return this.parent ? [...this.parent.steps, this.name] : ['']
  }

  /** How many names there are in it. */
  get length(): number {
    return this.#context.tree.files.lookupInode(this.ino)?.entries?.size ?? 0
  }

  getNode(): ViewNode {
    return this.#context.node(this.ino)
  }

  getChild(name: string): ViewLink | undefined {
    return this.children.get(name)
  }

  getPath(): string {
    return this.steps.join('/')
  }

  getParentPath(): string {
    return this.parent?.getPath() || '/'
  }

  getName(): string {
    return this.name
  }

  toJSON(): { steps: string[]; ino: number; children: string[] } {
    return { steps: this.steps, ino: this.ino, children: [...this.children.keys()] }
  }
}

/** A directory's names as the Map that memfs's core has there. */
export class ViewChildren {
  readonly #link: ViewLink
  readonly #context: LinkContext

  constructor(link: ViewLink, context: LinkContext) {
    this.#link = link
    this.#context = context
  }

  get size(): number {
    const inode = this.#context.tree.files.lookupInode(this.#link.ino)
    return inode && isDirectory(inode) ? inode.entries!.size + 2 : 0
  }

  get(name: string): ViewLink | undefined {
    if (name === '.') return this.#link
    if (name === '..') return this.#link.parent ?? this.#link
    const ino = this.#context.tree.files.lookupInode(this.#link.ino)?.entries?.get(name)
    return ino === undefined ? undefined : new ViewLink(this.#context, this.#link, name, ino)
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  *entries(): Generator<[string, ViewLink]> {
    for (const name of this.#names()) yield [name, this.get(name)!]
  }

  *keys(): Generator<string> {
    yield* this.#names()
  }

  *values(): Generator<ViewLink> {
    for (const [, link] of this.entries()) yield link
  }

  [Symbol.iterator](): Generator<[string, ViewLink]> {
    return this.entries()
  }

  #names(): string[] {
    const inode = this.#context.tree.files.lookupInode(this.#link.ino)
    return inode?.entries ? ['.', '..', ...inode.entries.keys()] : []
  }
}
