import type { HubVerb } from '../verb.ts'
import type { AccountCommands } from './commands.ts'
import { noSuchLink } from './errors.ts'

/** The link of an e-mail; following it again changes nothing. */
export const confirm: HubVerb<AccountCommands['AccountConfirm']> = ({ accounts, mailbox }, { key }) => {
  const mail = mailbox.byKey.get(key)
  const account = mail && accounts.get(mail.account)
  if (!mail || !account) throw noSuchLink()
  const done = account.active && account.emails.some(({ address, verified }) => address === mail.to && verified)
  return done ? [] : [{ type: 'account.confirm', name: account.name, email: mail.to }]
}
