import { groupNamed, groups } from '../../accounts.ts'
import { tool } from '../tool.ts'
import { joinGroup } from './members.ts'
import { append, freeId, misused, refuse } from './rows.ts'

const USAGE = 'addgroup [-g GID] [-S] [USER] GROUP'

export const addgroup = tool({
  name: 'addgroup',
  short: 'g:S',
  long: { 'gid:': 'g', system: 'S' },
  usage: USAGE,
  run(call) {
    const { kernel, process } = call
    const [first, second] = call.operands
    if (first === undefined) return misused(call, USAGE)
    if (second !== undefined) return joinGroup(call, first, second)
    if (groupNamed(kernel, process, first)) return refuse(call, `group '${first}' in use`)
    const gid = Number(
      call.value('g') ??
        freeId(
          groups(kernel, process).map((group) => group.gid),
          call.has('S'),
        ),
    )
    append(call, '/etc/group', `${first}:x:${gid}:`)
    return 0
  },
})
