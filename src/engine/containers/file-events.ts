import type { ProcessInfo } from '../../programs/machine.ts'

/** Docker's own vocabulary: `<Type>.<Action>` of `GET /events`. Those marked silent do not show there. */
export interface ContainerFileEvents {
  'container.archive-path': { readonly id: string }
  /** `disks` were written to: the machine must see it. */
  'container.extract-to-dir': { readonly id: string; readonly disks: readonly string[] }
  'container.export': { readonly id: string }
  'container.copy': { readonly id: string }
  /** Silent: somebody wants to know what runs in it. */
  'container.ask_processes': { readonly id: string }
  'container.top': { readonly id: string; readonly processes: readonly ProcessInfo[] }
}
