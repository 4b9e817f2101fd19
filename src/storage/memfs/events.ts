import type { Caller } from '../caller.ts'
import type { FileSystem } from '../file-system.ts'
import type { MemfsCore } from './memfs-core.ts'
import type { LinkContext, ViewLink } from './view-link.ts'

/** The numbers by which memfs knows what happened. */
const TYPES = { created: 0, deleted: 1, attribute: 3, moved: 4 } as const

/** Tells memfs's watchers what happened to the tree. */
export class Events {
  readonly #core: MemfsCore
  readonly #tree: LinkContext['tree']

  constructor(core: MemfsCore, { tree }: LinkContext) {
    this.#core = core
    this.#tree = tree
  }

  #emit(type: number, link: ViewLink, oldSteps?: string[]): void {
    this.#core.emit({ type, steps: link.steps, node: link.getNode(), link, oldSteps })
  }

  created(path: string): void {
    this.#emit(TYPES.created, this.#core.getLinkOrThrow(path, 'lstat'))
  }

  changed(link: ViewLink): void {
    this.#emit(TYPES.attribute, link)
  }

  moved(to: string, oldSteps: string[] | undefined): void {
    this.#emit(TYPES.moved, this.#core.getLinkOrThrow(to, 'lstat'), oldSteps)
  }

  /** The event of a deletion has to be made before it, and told after it. */
  removing(path: string, call: string, work: (files: FileSystem, caller: Caller) => void): void {
    const found = this.#tree.files.lookup(path, { follow: false })
    const link = found && this.#core.getLinkOrThrow(path, call)
    const event = link && { type: TYPES.deleted, steps: link.steps, node: link.getNode(), link }
    this.#tree.change({ syscall: call, path }, work)
    if (event) this.#core.emit(event)
  }
}
