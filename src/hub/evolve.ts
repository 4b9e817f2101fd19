import type { Stamped } from '../core/decider.ts'
import { evolveSlices } from '../core/evolve.ts'
import type { TimerEvents } from '../core/timers.ts'
import { clearTimer, setTimer, type Timers } from '../core/timers.ts'
import { accessTokensEvolution } from './access-tokens/evolve.ts'
import { accountsEvolution, mailboxEvolution } from './accounts/evolve.ts'
import { recorded } from './audit-logs/record.ts'
import type { HubCommand } from './commands.ts'
import type { HubEvent } from './events.ts'
import { faultsEvolution } from './faults/index.ts'
import { activityEvolution } from './hub-api/tags/evolve.ts'
import { indexEvolution } from './index-v1/evolve.ts'
import { organisationTokensEvolution } from './organisation-tokens/evolve.ts'
import { organisationsEvolution } from './organisations/evolve.ts'
import { contentEvolution } from './registry/evolve.ts'
import { registryV1Evolution } from './registry-v1/evolve.ts'
import { repositoriesEvolution } from './repositories/evolve.ts'
import type { HubState } from './state.ts'
import type { HubEvolution } from './verb.ts'

const timers: HubEvolution<Timers<HubCommand>, TimerEvents<HubCommand>> = {
  'timer.set': (slice, { key, due, command }) => setTimer(slice, { key, at: due, command }),
  'timer.clear': (slice, { key }) => clearTimer(slice, key),
}

const slices = evolveSlices<HubState, HubEvent>({
  accounts: accountsEvolution,
  accessTokens: accessTokensEvolution,
  organisations: organisationsEvolution,
  organisationTokens: organisationTokensEvolution,
  content: contentEvolution,
  faults: faultsEvolution,
  activity: activityEvolution,
  index: indexEvolution,
  registryV1: registryV1Evolution,
  mailbox: mailboxEvolution,
  repositories: repositoriesEvolution,
  timers,
})

/** Total: each slice listens to what concerns it; the audit logs compare what was with what is. */
export function evolve(state: HubState, event: Stamped<HubEvent>): HubState {
  return { ...slices(state, event), auditLogs: recorded(state, event), now: event.at }
}
