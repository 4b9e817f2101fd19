import type { Instant } from '../../core/instant.ts'
import { Table } from '../../core/table.ts'
import type { Provisioned } from '../scim/provisioned.ts'

/** https://docs.docker.com/enterprise/security/roles-and-permissions: who may do what in an organisation. */
export type Role = 'owner' | 'editor' | 'member'
export type Permission = 'read' | 'write' | 'admin'

export interface Member {
  readonly name: string
  readonly role: Role
  readonly joined: Instant
}

/** A team. The one of the owners is not here: who is in it is said by the roles. */
export interface Group {
  readonly id: number
  readonly uuid: string
  readonly name: string
  readonly description: string
  /** Names of members, in order. */
  readonly members: readonly string[]
}

/** A wish that somebody joins, by account name or by e-mail address. */
export interface Invite {
  readonly id: string
  readonly inviter: string
  readonly invitee: string
  readonly team: string
  readonly role: Role
  readonly created: Instant
}

/** Which images the organisation's people may use. */
export interface RestrictedImages {
  readonly enabled: boolean
  readonly allowOfficialImages: boolean
  readonly allowVerifiedPublishers: boolean
}

/** An organisation: a namespace that several accounts share. */
export interface Organisation {
  readonly name: string
  readonly fullName: string
  readonly uuid: string
  readonly created: Instant
  /** By account name, in order. */
  readonly members: readonly Member[]
  readonly groups: readonly Group[]
  readonly invites: readonly Invite[]
  readonly restrictedImages: RestrictedImages
  /** Of the token by which an identity provider keeps its people. */
  readonly scimTokenHash?: string
  /** Whom the identity provider has told of. */
  readonly provisioned?: readonly Provisioned[]
}

/** By name. */
export type Organisations = Table<Organisation>

export const noOrganisations: Organisations = Table.empty

export const OWNERS = 'owners'

export const roleOf = (organisation: Organisation | undefined, name: string): Role | undefined =>
  organisation?.members.find((member) => member.name === name)?.role

export const ownersOf = ({ members }: Organisation): string[] =>
  members.filter(({ role }) => role === 'owner').map(({ name }) => name)

export const NO_RESTRICTIONS: RestrictedImages = {
  enabled: false,
  allowOfficialImages: true,
  allowVerifiedPublishers: true,
}
