import type { Snapshot } from '../../storage/file-system.ts'
import type { Volume } from './volume.ts'

/** Docker's own vocabulary: `<Type>.<Action>` of `GET /events`. Those marked silent do not show there. */
export interface VolumeEvents {
  'volume.create': { readonly volume: Volume; readonly content: Snapshot }
  'volume.mount': {
    readonly name: string
    readonly driver: string
    readonly container: string
    readonly destination: string
    readonly rw: boolean
    readonly propagation: string
  }
  'volume.unmount': { readonly name: string; readonly driver: string; readonly container: string }
  'volume.destroy': { readonly name: string; readonly driver: string }
  /** Bytes. */
  'volume.prune': { readonly reclaimed: number }
  /** Silent: what is in it has changed. */
  'volume.write': { readonly name: string; readonly content: Snapshot }
  /** Silent: the host's disk has changed. */
  'host.write': { readonly content: Snapshot }
}
