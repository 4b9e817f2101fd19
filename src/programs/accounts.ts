import type { Kernel } from './kernel/kernel.ts'
import type { Process } from './kernel/process.ts'
import { decode } from './text/codec.ts'

/** A row of /etc/passwd. */
export interface User {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly comment: string
  readonly home: string
  readonly shell: string
}

/** A row of /etc/group. */
export interface Group {
  readonly name: string
  readonly gid: number
  readonly members: readonly string[]
}

type Who = Pick<Process, 'uid' | 'gid' | 'groups' | 'umask' | 'cwd'>

function rows(kernel: Kernel, process: Who, path: string): string[][] {
  try {
    const caller = { now: kernel.time, ...process }
    const text = decode(kernel.namespace.readFile(caller, path))
    return text
      .split('\n')
      .filter((line) => line.includes(':'))
      .map((line) => line.split(':'))
  } catch {
    return []
  }
}

export function users(kernel: Kernel, process: Who): User[] {
  return rows(kernel, process, '/etc/passwd').map(([name = '', , uid, gid, comment = '', home = '', shell = '']) => ({
    name,
    uid: Number(uid),
    gid: Number(gid),
    comment,
    home,
    shell,
  }))
}

export function groups(kernel: Kernel, process: Who): Group[] {
  return rows(kernel, process, '/etc/group').map(([name = '', , gid, members = '']) => ({
    name,
    gid: Number(gid),
    members: members.split(',').filter((member) => member !== ''),
  }))
}

export const userNamed = (kernel: Kernel, process: Who, name: string): User | undefined =>
  users(kernel, process).find((user) => user.name === name)

export const userOf = (kernel: Kernel, process: Who, uid: number): User | undefined =>
  users(kernel, process).find((user) => user.uid === uid)

export const groupNamed = (kernel: Kernel, process: Who, name: string): Group | undefined =>
  groups(kernel, process).find((group) => group.name === name)

export const groupOf = (kernel: Kernel, process: Who, gid: number): Group | undefined =>
  groups(kernel, process).find((group) => group.gid === gid)
