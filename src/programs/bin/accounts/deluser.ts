import { userNamed } from '../../accounts.ts'
import { tool } from '../tool.ts'
import { dropMember } from './members.ts'
import { drop, refuse } from './rows.ts'

export const deluser = tool({
  name: 'deluser',
  short: '',
  long: { 'remove-home': 'r' },
  usage: 'deluser [--remove-home] USER',
  run(call) {
    const [name = ''] = call.operands
    if (!userNamed(call.kernel, call.process, name)) return refuse(call, `unknown user ${name}`)
    for (const path of ['/etc/passwd', '/etc/shadow', '/etc/group']) if (call.files.lookup(path)) drop(call, path, name)
    dropMember(call, name)
    return 0
  },
})
