import type { ProcessSpec } from '../effects.ts'
import type { Exec } from './exec.ts'

/** `id` is the container, `exec` the instance: Docker tells of both under the container. Those marked silent do not show. */
export interface ExecEvents {
  'container.exec_create': { readonly id: string; readonly exec: Exec }
  'container.exec_start': { readonly id: string; readonly exec: string }
  /** Silent: its process is up. */
  'container.exec_up': {
    readonly id: string
    readonly exec: string
    readonly pid: number
    readonly process: ProcessSpec
  }
  /** Silent: there is no such program, or directory. */
  'container.exec_failed': {
    readonly id: string
    readonly exec: string
    readonly exitCode: number
    readonly message: string
  }
  'container.exec_die': { readonly id: string; readonly exec: string; readonly exitCode: number }
  'container.exec_detach': { readonly id: string; readonly exec: string }
  /** Silent: the size of its terminal, now or at its start. */
  'container.exec_resize': {
    readonly id: string
    readonly exec: string
    readonly columns: number
    readonly rows: number
  }
  /** Silent. */
  'container.exec_output': {
    readonly id: string
    readonly exec: string
    readonly stream: 1 | 2
    readonly bytes: Uint8Array
  }
  /** Silent: `undefined` is the end of the input. */
  'container.exec_input': { readonly id: string; readonly exec: string; readonly bytes: Uint8Array | undefined }
}
