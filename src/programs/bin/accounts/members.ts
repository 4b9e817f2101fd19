import { groupNamed, userNamed } from '../../accounts.ts'
import type { Call } from '../call.ts'
import { refuse, rows, save } from './rows.ts'

/** Changes the members of a group, or of every group. */
function change(call: Call<unknown>, group: string | undefined, members: (before: string[]) => string[]): void {
  const lines = rows(call, '/etc/group').map((line) => {
    const [name, password, gid, before = ''] = line.split(':')
    if (group !== undefined && name !== group) return line
    const after = members(before.split(',').filter((member) => member !== ''))
    return [name, password, gid, after.join(',')].join(':')
  })
  save(call, '/etc/group', lines)
}

export const addMember = (call: Call<unknown>, group: string, user: string): void =>
  change(call, group, (before) => [...before.filter((member) => member !== user), user])

/** Without a group the user leaves them all. */
export const dropMember = (call: Call<unknown>, user: string, group?: string): void =>
  change(call, group, (before) => before.filter((member) => member !== user))

/** `adduser USER GROUP`, `addgroup USER GROUP` */
export function joinGroup(call: Call<undefined>, name: string, group: string): number {
  const { kernel, process } = call
  if (!userNamed(kernel, process, name)) return refuse(call, `unknown user ${name}`)
  if (!groupNamed(kernel, process, group)) return refuse(call, `unknown group ${group}`)
  addMember(call, group, name)
  return 0
}
