import type { TerminalSize } from './exec.ts'
import type { ExecConfig } from './wire/exec-config.ts'

/** What can be asked of the domain, by operationId; those of the shell have no operationId and say so. */
export interface ExecCommands {
  ContainerExec: { readonly id: string; readonly config: ExecConfig }
  ExecStart: { readonly id: string; readonly detach: boolean; readonly size: TerminalSize | undefined }
  ExecResize: { readonly id: string; readonly columns: number; readonly rows: number }
  /** From the shell: an exec's process wrote. */
  ExecOutput: { readonly id: string; readonly stream: 1 | 2; readonly bytes: Uint8Array }
  /** From the shell: an exec's process is gone. */
  ExecExit: { readonly id: string; readonly exitCode: number }
  /** From an attached client; `undefined` is the end of its input. */
  ExecInput: { readonly id: string; readonly bytes: Uint8Array | undefined }
  /** From an attached client: it typed the detach keys. */
  ExecDetach: { readonly id: string }
}
