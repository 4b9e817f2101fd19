import type { Tagged } from '../core/decider.ts'
import type { TimerEvents } from '../core/timers.ts'
import type { AccessTokenEvents } from './access-tokens/events.ts'
import type { AccountEvents } from './accounts/events.ts'
import type { HubCommand } from './commands.ts'
import type { FaultEvents } from './faults/index.ts'
import type { CallEvents } from './hub-api/tags/activity.ts'
import type { IndexEvents } from './index-v1/events.ts'
import type { OrganisationTokenEvents } from './organisation-tokens/events.ts'
import type { OrganisationEvents } from './organisations/events.ts'
import type { RegistryEvents } from './registry/events.ts'
import type { RegistryV1Events } from './registry-v1/events.ts'
import type { RepositoryEvents } from './repositories/events.ts'

/** Every event of the Hub. Those of a domain stand in its own events.ts. */
export type HubEvents = AccountEvents &
  AccessTokenEvents &
  CallEvents &
  FaultEvents &
  OrganisationEvents &
  OrganisationTokenEvents &
  IndexEvents &
  RegistryEvents &
  RegistryV1Events &
  RepositoryEvents &
  TimerEvents<HubCommand> & {
    /** The clock has come to the event's `at`. */
    'clock.advance': object
  }

/** `by`: whose doing it is, if somebody's who is known. */
export type HubEvent = Tagged<HubEvents> & { readonly by?: string }
