import type { Answer } from '../../../http/reply.ts'
import type { Organisation } from '../../organisations/organisation.ts'
import type { HubState } from '../../state.ts'
import { timestamp } from '../time.ts'
import { inviteeWire, memberWire } from '../wire/organisation.ts'

const HEAD = ['Name', 'Username', 'Email', 'Type', 'Permission', 'Teams', 'Date Joined']

/** Everybody who is in, or is to be, as a table. */
export function membersCsv(state: HubState, organisation: Organisation): Answer {
  const rows = [
    ...organisation.members.map((member) => memberWire(state, organisation, member)),
    ...organisation.invites.map(inviteeWire),
  ].map(({ full_name, username, email, role, groups, date_joined }) => {
    const type = role === 'Invitee' ? 'Invitee' : 'User'
    return [
      full_name,
      username,
      email,
      type,
      role === 'Invitee' ? 'Member' : role,
      groups.join(', '),
      goTime(date_joined),
    ]
  })
  const name = `${organisation.name}-members-${timestamp(state.now).replace(/[-:]|\.\d+/g, '')}.csv`
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/csv'],
      ['Content-Disposition', `attachment;filename="${name}"`],
    ],
    text: [HEAD, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join(''),
  }
}

/** Go's time.Time.String() in UTC. */
const goTime = (rfc3339: string) => rfc3339.replace('T', ' ').replace('Z', ' +0000 UTC')

/** RFC 4180 */
const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text)
