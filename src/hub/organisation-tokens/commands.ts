import type { Instant } from '../../core/instant.ts'
import type { Resource } from './organisation-token.ts'

export interface OrganisationTokenCommands {
  OrganisationTokenCreate: {
    readonly organisation: string
    readonly by: string
    readonly label: string
    readonly description: string
    readonly resources: readonly Resource[]
    readonly expires: Instant | undefined
  }
  /** What is `undefined` stays as it is. */
  OrganisationTokenUpdate: {
    readonly organisation: string
    readonly id: string
    readonly label: string | undefined
    readonly description: string | undefined
    readonly resources: readonly Resource[] | undefined
    readonly active: boolean | undefined
  }
  OrganisationTokenDelete: { readonly organisation: string; readonly id: string }
  OrganisationTokenUse: { readonly id: string }
}
