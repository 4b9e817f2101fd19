import type { HubVerbs } from '../verb.ts'
import type { OrganisationCommands } from './commands.ts'
import { create, settings } from './create.ts'
import { addGroupMember, createGroup, removeGroup, removeGroupMember, updateGroup } from './groups.ts'
import { acceptInvite, cancelInvite, invite, resendInvite } from './invites.ts'
import { removeMember, updateMember } from './members.ts'

/** The organisations' verbs by command name. */
export const organisationVerbs: HubVerbs<OrganisationCommands> = {
  OrganisationCreate: create,
  OrganisationSettings: settings,
  MemberUpdate: updateMember,
  MemberRemove: removeMember,
  GroupCreate: createGroup,
  GroupUpdate: updateGroup,
  GroupDelete: removeGroup,
  GroupMemberAdd: addGroupMember,
  GroupMemberRemove: removeGroupMember,
  InviteBulk: invite,
  InviteCancel: cancelInvite,
  InviteResend: resendInvite,
  InviteAccept: acceptInvite,
}
