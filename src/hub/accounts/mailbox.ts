import type { Instant } from '../../core/instant.ts'
import { Sequence } from '../../core/sequence.ts'
import { Table } from '../../core/table.ts'
import { HUB_HOST } from '../hosts.ts'

/** An e-mail that Docker Hub sent. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** What is to be followed: `https://hub.docker.com/account/confirm-email/<key>/`. Fetched, it confirms the address. */
  readonly link: string
  /** Whose account it is about. */
  readonly account: string
  readonly key: string
  readonly sent: Instant
}

/** Every e-mail that Docker Hub sent, whomever to: nothing leaves the tank. */
export interface Mailbox {
  readonly mails: Sequence<Mail>
  readonly byKey: Table<Mail>
}

export const emptyMailbox: Mailbox = { mails: Sequence.empty, byKey: Table.empty }

export const receive = ({ mails, byKey }: Mailbox, mail: Mail): Mailbox => ({
  mails: mails.append(mail),
  byKey: byKey.set(mail.key, mail),
})

/** The e-mail that asks whether an address is its owner's. */
export function confirmation(account: string, to: string, key: string, sent: Instant): Mail {
  const link = `https://${HUB_HOST}/account/confirm-email/${key}/`
  const text = `Hello ${account},\n\nplease follow this link to confirm that ${to} is your address:\n\n${link}\n`
  return { to, subject: 'Please confirm your e-mail address', text, link, account, key, sent }
}
