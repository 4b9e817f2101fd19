import { accessTokenVerbs } from './access-tokens/index.ts'
import { accountVerbs } from './accounts/index.ts'
import type { HubCommand, HubCommands } from './commands.ts'
import type { HubEvent } from './events.ts'
import { faultVerbs } from './faults/index.ts'
import { nextWindow } from './hub-api/call-limit.ts'
import { hubRepositoryVerbs } from './hub-api/repositories/index.ts'
import { indexVerbs } from './index-v1/index.ts'
import { organisationTokenVerbs } from './organisation-tokens/index.ts'
import { organisationVerbs } from './organisations/index.ts'
import { registryVerbs } from './registry/index.ts'
import { registryV1Verbs } from './registry-v1/index.ts'
import { scimVerbs } from './scim/users.ts'
import type { HubVerb, HubVerbs } from './verb.ts'

const doneBy = (by: string) => (event: HubEvent) => (by === '' ? event : { ...event, by })

/** Every verb of the Hub by its command's name. */
export const verbs: HubVerbs<HubCommands> = {
  ...accountVerbs,
  ...indexVerbs,
  ...registryVerbs,
  ...registryV1Verbs,
  ...accessTokenVerbs,
  ...hubRepositoryVerbs,
  ...faultVerbs,
  ...organisationVerbs,
  ...organisationTokenVerbs,
  ...scimVerbs,
  HubApiCall: (state, { caller, command, counted }, env) => [
    ...(counted ? [{ type: 'api.call' as const, caller, window: nextWindow(state, caller, env.now) }] : []),
    ...(command ? (verbs[command.type] as HubVerb<HubCommand>)(state, command, env).map(doneBy(caller)) : []),
  ],
  ClockAdvance: (_, { fired }) => [
    { type: 'clock.advance' },
    ...(fired === undefined ? [] : [{ type: 'timer.clear' as const, key: fired }]),
  ],
}
