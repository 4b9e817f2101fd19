import type { RestrictedImages, Role } from './organisation.ts'

/** `by`: the account that asks; what it may is looked at before. */
export interface OrganisationCommands {
  OrganisationCreate: { readonly name: string; readonly fullName: string; readonly by: string }
  OrganisationSettings: { readonly name: string; readonly restrictedImages: RestrictedImages }
  MemberUpdate: { readonly name: string; readonly member: string; readonly role: Role }
  MemberRemove: { readonly name: string; readonly member: string }
  GroupCreate: { readonly name: string; readonly group: string; readonly description: string }
  /** What is `undefined` stays as it is. */
  GroupUpdate: {
    readonly name: string
    readonly group: string
    readonly renamed: string | undefined
    readonly description: string | undefined
  }
  GroupDelete: { readonly name: string; readonly group: string }
  /** Somebody of the Hub joins the team, and the organisation if need be. */
  GroupMemberAdd: { readonly name: string; readonly group: string; readonly member: string }
  GroupMemberRemove: { readonly name: string; readonly group: string; readonly member: string }
  /** `invitees`: account names and e-mail addresses. */
  InviteBulk: {
    readonly name: string
    readonly by: string
    readonly team: string
    readonly role: Role
    readonly invitees: readonly string[]
    readonly dryRun: boolean
  }
  InviteCancel: { readonly id: string }
  InviteResend: { readonly id: string }
  /** The link of the invite's e-mail was followed. */
  InviteAccept: { readonly id: string }
}
