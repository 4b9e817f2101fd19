/** What can be asked about a container's streams, by operationId; those without one say so. */
export interface ContainerStreamCommands {
  /** From the shell: the main process wrote. */
  ContainerOutput: { readonly id: string; readonly stream: 1 | 2; readonly bytes: Uint8Array }
  /** A client takes hold of the streams. */
  ContainerAttach: { readonly id: string; readonly detachKeys: string; readonly logs: boolean }
  /** From an attached client; `undefined` is the end of its input. */
  ContainerInput: { readonly id: string; readonly bytes: Uint8Array | undefined }
  /** From an attached client: it typed the detach keys. */
  ContainerDetach: { readonly id: string }
  /** From the shell: the process is up and can take what was typed before. */
  ContainerInputFlush: { readonly id: string }
  /** From a timer: time for a health check. */
  HealthProbe: { readonly id: string }
  /** From a timer: the health check takes too long. */
  HealthTimeout: { readonly id: string; readonly exec: string }
  /** The container was paused, or goes on. */
  HealthPause: { readonly id: string }
  HealthResume: { readonly id: string }
  ContainerResize: { readonly id: string; readonly columns: number; readonly rows: number }
}
