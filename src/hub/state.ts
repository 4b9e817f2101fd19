import type { Instant } from '../core/instant.ts'
import { noTimers, type Timers } from '../core/timers.ts'
import { type AccessTokens, noAccessTokens } from './access-tokens/access-token.ts'
import { type Accounts, noAccounts } from './accounts/account.ts'
import { emptyMailbox, type Mailbox } from './accounts/mailbox.ts'
import { type AuditLogs, noAuditLogs } from './audit-logs/audit-log.ts'
import type { HubCommand } from './commands.ts'
import type { Faults } from './faults/fault.ts'
import { type Activity, noActivity } from './hub-api/tags/activity.ts'
import { emptyIndex, type IndexV1 } from './index-v1/listing.ts'
import { noOrganisationTokens, type OrganisationTokens } from './organisation-tokens/organisation-token.ts'
import { noOrganisations, type Organisations } from './organisations/organisation.ts'
import { type Content, noContent } from './registry/registry.ts'
import { emptyRegistryV1, type RegistryV1 } from './registry-v1/image.ts'
import { noRepositories, type Repositories } from './repositories/repository.ts'
import { defaultRules, type Rules } from './rules.ts'

/** The whole Hub as persistent data: accounts, repositories, uploads, tokens. */
export interface HubState {
  readonly now: Instant
  readonly timers: Timers<HubCommand>
  readonly rules: Rules
  readonly accounts: Accounts
  readonly mailbox: Mailbox
  readonly accessTokens: AccessTokens
  readonly organisations: Organisations
  readonly organisationTokens: OrganisationTokens
  readonly repositories: Repositories
  /** What all registries of the tank hold. */
  readonly content: Content
  /** What shall go wrong. */
  readonly faults: Faults
  /** When what was pushed and pulled. */
  readonly activity: Activity
  /** Who did what. */
  readonly auditLogs: AuditLogs
  /** What the Index knows beside the repositories. */
  readonly index: IndexV1
  /** What came by Registry v1; its tags stand in `content`. */
  readonly registryV1: RegistryV1
}

export const emptyHub: HubState = {
  now: 0,
  timers: noTimers,
  rules: defaultRules,
  accounts: noAccounts,
  mailbox: emptyMailbox,
  accessTokens: noAccessTokens,
  organisations: noOrganisations,
  organisationTokens: noOrganisationTokens,
  repositories: noRepositories,
  content: noContent,
  faults: [],
  activity: noActivity,
  auditLogs: noAuditLogs,
  index: emptyIndex,
  registryV1: emptyRegistryV1,
}
