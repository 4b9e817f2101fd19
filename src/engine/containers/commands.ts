import type { Snapshot } from '../../storage/file-system.ts'

/** What can be asked of the domain, by operationId; those of the shell have no operationId and say so. */
export interface ContainerCommands {
  /** From the shell: the main process wrote. */
  ContainerOutput: { readonly id: string; readonly stream: 1 | 2; readonly bytes: Uint8Array }
  /** From the shell: the main process is gone. */
  ContainerExit: { readonly id: string; readonly exitCode: number }
  /** From the shell: the limit of memory was hit. */
  ContainerOom: { readonly id: string }
  /** From the shell: programs have changed the root file system. */
  ContainerWrite: { readonly id: string; readonly root: Snapshot }
}
