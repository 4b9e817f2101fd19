import type { Duration } from '../../core/instant.ts'
import type { Kind } from '../../core/problem.ts'
import type { Snapshot } from '../../storage/file-system.ts'
import type { ProcessSpec } from '../effects.ts'
import type { HostConfig } from './config.ts'
import type { Container, Pending } from './container.ts'
import type { ContainerFileEvents } from './file-events.ts'
import type { ContainerStreamEvents } from './stream-events.ts'

/** Docker's own vocabulary: `<Type>.<Action>` of `GET /events`. Those marked silent do not show there. */
export interface ContainerEvents extends ContainerStreamEvents, ContainerFileEvents {
  /** `warnings` are for the caller. */
  'container.create': { readonly container: Container; readonly root: Snapshot; readonly warnings: readonly string[] }
  'container.start': {
    readonly id: string
    readonly pid: number
    /** The restart policy has started it, not a caller. */
    readonly byPolicy: boolean
    readonly process: ProcessSpec
  }
  /** Silent: a start that failed leaves its code and words behind; `kind` is for the caller. */
  'container.start_failed': {
    readonly id: string
    readonly exitCode: number
    readonly error: string
    readonly kind: Kind
    readonly prepared: Container['prepared']
  }
  /** `ends`: the caller wants it to end, so its restart policy does not apply. */
  'container.kill': { readonly id: string; readonly signal: number; readonly ends: boolean }
  /** Silent: what a caller waits for until the main process is gone. */
  'container.pending': { readonly id: string; readonly pending: Pending }
  /** `restartDelay` is the back-off after which the restart policy starts it again. */
  'container.die': {
    readonly id: string
    readonly exitCode: number
    readonly restartDelay: Duration | undefined
  }
  /** Silent: it waited for a restart by its policy, which now will not come. */
  'container.restart_cancel': { readonly id: string }
  'container.oom': { readonly id: string }
  'container.stop': { readonly id: string }
  'container.restart': { readonly id: string }
  'container.pause': { readonly id: string }
  'container.unpause': { readonly id: string }
  'container.rename': { readonly id: string; readonly name: string; readonly oldName: string }
  'container.update': { readonly id: string; readonly hostConfig: HostConfig }
  /** Silent: an old client gave the host config at the start. */
  'container.reconfigure': { readonly id: string } & Pick<Container, 'hostConfig' | 'mounts' | 'attachments' | 'links'>
  /** Silent: `rm --link`. */
  'container.unlink': { readonly id: string; readonly alias: string }
  'container.destroy': { readonly id: string }
  /** Bytes. */
  'container.prune': { readonly reclaimed: number }
  /** Silent: the root file system has changed. */
  'container.write': { readonly id: string; readonly root: Snapshot }
}
