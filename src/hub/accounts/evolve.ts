import type { HubEvolution } from '../verb.ts'
import type { Accounts } from './account.ts'
import type { AccountEvents } from './events.ts'

export const accountsEvolution: HubEvolution<Accounts, AccountEvents> = {
  'account.set': (slice, { account }) => slice.set(account.name, account),
}
