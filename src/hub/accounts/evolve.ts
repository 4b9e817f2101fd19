import type { HubEvolution } from '../verb.ts'
import { type Account, type Accounts, hasEmail } from './account.ts'
import type { AccountEvents } from './events.ts'
import { type Mailbox, receive } from './mailbox.ts'

export const accountsEvolution: HubEvolution<Accounts, AccountEvents> = {
  'account.register': (slice, { account }) => slice.set(account.name, account),
  'account.confirm': (slice, { name, email }) =>
    change(slice, name, (account) => ({
      ...account,
      active: true,
      emails: account.emails.map((one) => (one.address === email ? { ...one, verified: true } : one)),
    })),
  'account.update': (slice, { name, passwordHash, email }) =>
    change(slice, name, (account) => ({
      ...account,
      passwordHash: passwordHash ?? account.passwordHash,
      emails:
        email === undefined || hasEmail(account, email)
          ? account.emails
          : [...account.emails, { address: email, verified: false }],
    })),
  'mail.send': (slice) => slice,
}

export const mailboxEvolution: HubEvolution<Mailbox, Pick<AccountEvents, 'mail.send'>> = {
  'mail.send': (slice, { mail }) => receive(slice, mail),
}

function change(slice: Accounts, name: string, how: (account: Account) => Account): Accounts {
  const account = slice.get(name)
  return account ? slice.set(name, how(account)) : slice
}
