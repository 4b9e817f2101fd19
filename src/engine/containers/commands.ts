import type { Snapshot } from '../../storage/file-system.ts'
import type { ContainerStreamCommands } from './stream-commands.ts'

/** What can be asked of the domain, by operationId; those of the shell have no operationId and say so. */
export interface ContainerCommands extends ContainerStreamCommands {
  /** From the shell: the main process is gone. */
  ContainerExit: { readonly id: string; readonly exitCode: number }
  /** From the shell: the limit of memory was hit. */
  ContainerOom: { readonly id: string }
  /** From the shell: programs have changed the root file system. */
  ContainerWrite: { readonly id: string; readonly root: Snapshot }
}
