import { groupNamed } from '../../accounts.ts'
import { tool } from '../tool.ts'
import { dropMember } from './members.ts'
import { drop, refuse } from './rows.ts'

export const delgroup = tool({
  name: 'delgroup',
  short: '',
  usage: 'delgroup [USER] GROUP',
  run(call) {
    const [first = '', second] = call.operands
    const group = second ?? first
    if (!groupNamed(call.kernel, call.process, group)) return refuse(call, `unknown group ${group}`)
    if (second === undefined) drop(call, '/etc/group', group)
    else dropMember(call, first, second)
    return 0
  },
})
