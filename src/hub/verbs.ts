import type { HubCommands } from './commands.ts'
import type { HubVerbs } from './verb.ts'

/** Every verb of the Hub by its command's name. */
export const verbs: HubVerbs<HubCommands> = {
  ClockAdvance: () => [{ type: 'clock.advance' }],
}
