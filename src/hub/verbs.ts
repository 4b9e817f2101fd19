import { accessTokenVerbs } from './access-tokens/index.ts'
import { accountVerbs } from './accounts/index.ts'
import type { HubCommands } from './commands.ts'
import { hubRepositoryVerbs } from './hub-api/repositories/index.ts'
import { indexVerbs } from './index-v1/index.ts'
import { organisationVerbs } from './organisations/index.ts'
import { registryVerbs } from './registry/index.ts'
import { registryV1Verbs } from './registry-v1/index.ts'
import type { HubVerbs } from './verb.ts'

/** Every verb of the Hub by its command's name. */
export const verbs: HubVerbs<HubCommands> = {
  ...accountVerbs,
  ...indexVerbs,
  ...registryVerbs,
  ...registryV1Verbs,
  ...accessTokenVerbs,
  ...hubRepositoryVerbs,
  ...organisationVerbs,
  ClockAdvance: (_, { fired }) => [
    { type: 'clock.advance' },
    ...(fired === undefined ? [] : [{ type: 'timer.clear' as const, key: fired }]),
  ],
}
