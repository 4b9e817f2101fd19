import type { Filters } from '../../http/filters.ts'
import type { Snapshot } from '../../storage/file-system.ts'

/** `POST /volumes/create`. */
export interface VolumeRequest {
  /** Empty: the daemon makes one up. */
  readonly name: string
  /** Empty: local. */
  readonly driver: string
  readonly driverOpts: Readonly<Record<string, string>> | null
  readonly labels: Readonly<Record<string, string>> | null
}

/** What can be asked of the domain, by operationId; those of the shell have no operationId and say so. */
export interface VolumeCommands {
  VolumeCreate: VolumeRequest
  VolumeUpdate: { readonly name: string }
  VolumeDelete: { readonly name: string; readonly force: boolean }
  /** `all`: also those with a name. */
  VolumePrune: { readonly filters: Filters; readonly all: boolean }
  /** From the shell: programs, or the user's own code, have changed what is in a volume. */
  VolumeWrite: { readonly name: string; readonly snapshot: Snapshot }
  /** From the shell: the same for the disk of the host. */
  HostWrite: { readonly snapshot: Snapshot }
}
