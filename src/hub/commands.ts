import type { Tagged } from '../core/decider.ts'
import type { AccessTokenCommands } from './access-tokens/commands.ts'
import type { AccountCommands } from './accounts/commands.ts'
import type { FaultCommands } from './faults/index.ts'
import type { HubRepositoryCommands } from './hub-api/repositories/commands.ts'
import type { IndexCommands } from './index-v1/commands.ts'
import type { OrganisationTokenCommands } from './organisation-tokens/commands.ts'
import type { OrganisationCommands } from './organisations/commands.ts'
import type { RegistryCommands } from './registry/commands.ts'
import type { RegistryV1Commands } from './registry-v1/commands.ts'
import type { ScimCommands } from './scim/commands.ts'

/** Every command of the Hub; the names are distribution's route names (`BlobUploadStart`, `ManifestPut`) and their like. */
export interface HubCommands
  extends AccountCommands,
    AccessTokenCommands,
    FaultCommands,
    HubRepositoryCommands,
    IndexCommands,
    OrganisationCommands,
    OrganisationTokenCommands,
    RegistryCommands,
    RegistryV1Commands,
    ScimCommands {
  /** A request to the Hub API. `command`: what it asks for, if anything is to change. `counted`: where requests are. */
  HubApiCall: { readonly caller: string; readonly command: HubCommand | undefined; readonly counted: boolean }
  /** From the shell: the time has come to `env.now`, and the timer `fired` is done with. */
  ClockAdvance: { readonly fired?: string }
}

export type HubCommand = Tagged<HubCommands>
