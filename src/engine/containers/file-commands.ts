import type { ProcessInfo } from '../../programs/machine.ts'

/** What can be asked about a container's files and processes, by operationId; those without one say so. */
export interface ContainerFileCommands {
  ContainerArchive: { readonly id: string; readonly path: string }
  PutContainerArchive: {
    readonly id: string
    readonly path: string
    /** As sent: plain or compressed. */
    readonly archive: Uint8Array
    readonly noOverwriteDirNonDir: boolean
    readonly copyUIDGID: boolean
  }
  ContainerExport: { readonly id: string }
  /** `POST …/copy`, up to API 1.23. */
  ContainerCopy: { readonly id: string; readonly path: string }
  ContainerTop: { readonly id: string; readonly psArgs: string }
  /** From the shell: what the machine said of its processes. */
  ContainerProcesses: { readonly id: string; readonly processes: readonly ProcessInfo[] }
}
