import type { Snapshot } from '../../storage/file-system.ts'
import type { Container } from './container.ts'
import type { ContainerStreamEvents } from './stream-events.ts'

/** Docker's own vocabulary: `<Type>.<Action>` of `GET /events`. Those marked silent do not show there. */
export interface ContainerEvents extends ContainerStreamEvents {
  'container.create': { readonly container: Container; readonly root: Snapshot }
  'container.start': { readonly id: string; readonly pid: number }
  /** Silent: a start that failed leaves its code and words behind. */
  'container.start_failed': { readonly id: string; readonly exitCode: number; readonly error: string }
  'container.kill': { readonly id: string; readonly signal: number }
  'container.die': { readonly id: string; readonly exitCode: number }
  'container.oom': { readonly id: string }
  'container.stop': { readonly id: string }
  'container.restart': { readonly id: string }
  'container.pause': { readonly id: string }
  'container.unpause': { readonly id: string }
  'container.rename': { readonly id: string; readonly name: string; readonly oldName: string }
  'container.destroy': { readonly id: string }
  /** Silent: the root file system has changed. */
  'container.write': { readonly id: string; readonly root: Snapshot }
}
