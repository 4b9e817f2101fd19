import type { ViewLink } from './view-link.ts'
import type { ViewNode } from './view-node.ts'

export interface OpenFile {
  readonly node: ViewNode
  readonly link: ViewLink
}

/** What of memfs's core is used or replaced. */
export interface MemfsCore {
  root: ViewLink
  getLinkOrThrow(path: string, call: string): ViewLink
  getResolvedLinkOrThrow(path: string, call: string): ViewLink
  getFileByFdOrThrow(fd: number, call: string): OpenFile
  openLink(link: ViewLink, ...rest: unknown[]): OpenFile
  closeFile(file: OpenFile): void
  emit(event: object): void
}
