import { type Group, groupNamed, userNamed, users } from '../../accounts.ts'
import type { Call } from '../call.ts'
import { tool } from '../tool.ts'
import { addMember, joinGroup } from './members.ts'
import { append, freeId, misused, refuse } from './rows.ts'

const USAGE = 'adduser [OPTIONS] USER [GROUP]'

export const adduser = tool({
  name: 'adduser',
  short: 'h:g:s:G:SDHu:k:',
  long: {
    'home:': 'h',
    'gecos:': 'g',
    'shell:': 's',
    'ingroup:': 'G',
    system: 'S',
    'disabled-password': 'D',
    'no-create-home': 'H',
    'uid:': 'u',
    'empty-password': 'D',
  },
  usage: USAGE,
  run(call) {
    const { kernel, process } = call
    const [name, group] = call.operands
    if (name === undefined) return misused(call, USAGE)
    if (process.uid !== 0) return refuse(call, 'must be superuser')
    if (group !== undefined) return joinGroup(call, name, group)
    if (userNamed(kernel, process, name)) return refuse(call, `user '${name}' in use`)
    return create(call, name)
  },
})

function create(call: Call<undefined>, name: string): number {
  const { kernel, process } = call
  const groupName = call.value('G')
  const own = groupName === undefined ? undefined : groupNamed(kernel, process, groupName)
  if (groupName !== undefined && !own) return refuse(call, `unknown group ${groupName}`)
  const uid = Number(
    call.value('u') ??
      freeId(
        users(kernel, process).map((user) => user.uid),
        call.has('S'),
      ),
  )
  const gid = own?.gid ?? newGroup(call, name, uid)
  const home = call.value('h') ?? `/home/${name}`
  const shell = call.value('s') ?? (call.has('S') ? '/bin/false' : '/bin/sh')
  append(call, '/etc/passwd', `${name}:x:${uid}:${gid}:${call.value('g') ?? 'Linux User,,,'}:${home}:${shell}`)
  append(call, '/etc/shadow', `${name}:!:${Math.floor(kernel.now / 86_400_000_000)}:0:99999:7:::`, 0o640)
  if (own) addMember(call, own.name, name)
  if (!call.has('H')) makeHome(call, home, uid, gid)
  return 0
}

/** A user has a group of its own name; all system users share one. */
function newGroup(call: Call<undefined>, name: string, uid: number): Group['gid'] {
  if (call.has('S')) return groupNamed(call.kernel, call.process, 'nogroup')?.gid ?? 65533
  append(call, '/etc/group', `${name}:x:${uid}:`)
  return uid
}

function makeHome(call: Call<undefined>, home: string, uid: number, gid: number): void {
  const { files, caller } = call
  if (files.lookup(home)) return
  call.attempt(() => {
    files.mkdirp(caller, home, 0o755)
    files.chown(caller, home, uid, gid)
  })
}
