import type { Permission } from '../../organisations/organisation.ts'
import type { Visibility } from '../../repositories/repository.ts'

export interface HubRepositoryCommands {
  CreateRepository: {
    /** `namespace/repository` */
    readonly name: string
    readonly description: string
    readonly fullDescription: string | undefined
    readonly visibility: Visibility
  }
  /** What is `undefined` stays as it is. */
  UpdateRepository: {
    readonly name: string
    readonly description: string | undefined
    readonly fullDescription: string | undefined
    readonly visibility: Visibility | undefined
  }
  DeleteRepository: { readonly name: string }
  /** Of one account; a second star is the first one. */
  StarRepository: { readonly name: string; readonly account: string; readonly starred: boolean }
  UpdateRepositoryCategories: { readonly name: string; readonly categories: readonly string[] }
  UpdateRepositoryImmutableTags: { readonly name: string; readonly enabled: boolean; readonly rules: readonly string[] }
  CreateRepositoryGroup: { readonly name: string; readonly groupId: number; readonly permission: Permission }
  DeleteRepositoryGroup: { readonly name: string; readonly groupId: number }
  DeleteRepositoryTag: { readonly name: string; readonly tag: string }
}
