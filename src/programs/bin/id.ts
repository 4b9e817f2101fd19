import { groupOf, groups, userNamed, userOf } from '../accounts.ts'
import type { Call } from './call.ts'
import { tool, usage } from './tool.ts'

interface Identity {
  readonly uid: number
  readonly gid: number
  readonly groups: readonly number[]
}

/** Of the process, or of a user by name. Undefined: there is none, and that was told. */
function identity(call: Call<undefined>, name: string | undefined): Identity | undefined {
  const { kernel, process } = call
  if (name === undefined) {
    return { uid: process.uid, gid: process.gid, groups: process.groups }
  }
  const user =
    userNamed(kernel, process, name) ?? (/^\d+$/.test(name) ? userOf(kernel, process, Number(name)) : undefined)
  if (!user) {
    call.fail(`unknown user ${name}`)
    return undefined
  }
  const others = groups(kernel, process).filter(({ members }) => members.includes(user.name))
  return { uid: user.uid, gid: user.gid, groups: [...new Set([user.gid, ...others.map(({ gid }) => gid)])] }
}

const allGroups = ({ gid, groups }: Identity): number[] => [...new Set([gid, ...groups])]

export const id = tool({
  name: 'id',
  short: 'ugGnr',
  usage: 'id [-ugGnr] [USER]',
  run(call) {
    const { kernel, process } = call
    const who = identity(call, call.operands[0])
    if (!who) return
    const userName = (uid: number) => userOf(kernel, process, uid)?.name
    const groupName = (gid: number) => groupOf(kernel, process, gid)?.name
    if (call.has('u')) call.out(`${call.has('n') ? (userName(who.uid) ?? who.uid) : who.uid}\n`)
    else if (call.has('g')) call.out(`${call.has('n') ? (groupName(who.gid) ?? who.gid) : who.gid}\n`)
    else if (call.has('G'))
      call.out(
        `${allGroups(who)
          .map((gid) => (call.has('n') ? (groupName(gid) ?? gid) : gid))
          .join(' ')}\n`,
      )
    else {
      const named = (number: number, name: string | undefined) =>
        name === undefined ? String(number) : `${number}(${name})`
      const list = who.groups.map((gid) => named(gid, groupName(gid))).join(',')
      call.out(
        `uid=${named(who.uid, userName(who.uid))} gid=${named(who.gid, groupName(who.gid))}${list === '' ? '' : ` groups=${list}`}\n`,
      )
    }
  },
})

const nameOf = ({ kernel, process }: Call<undefined>) => userOf(kernel, process, process.uid)?.name

export const whoami = tool({
  name: 'whoami',
  short: '',
  usage: 'whoami',
  run(call) {
    if (call.operands.length > 0) {
      usage(call, 'whoami')
      return 1
    }
    const name = nameOf(call)
    if (name === undefined) call.fail(`unknown uid ${call.process.uid}`)
    else call.out(`${name}\n`)
    return undefined
  },
})

export const logname = tool({
  name: 'logname',
  short: '',
  usage: 'logname',
  run: (call) => call.out(`${nameOf(call) ?? 'root'}\n`),
})

export const groupsProgram = tool({
  name: 'groups',
  short: '',
  usage: 'groups [USER]',
  run(call) {
    const who = identity(call, call.operands[0])
    if (who)
      call.out(
        `${allGroups(who)
          .map((gid) => groupOf(call.kernel, call.process, gid)?.name ?? gid)
          .join(' ')}\n`,
      )
  },
})
