import { FileError } from '../storage/file-error.ts'
import type { Namespace } from '../storage/mount-namespace.ts'

/** Who a container's or an exec's first process is. */
export interface Credentials {
  readonly uid: number
  readonly gid: number
  /** Supplementary groups, without `gid`'s own entry being special. */
  readonly groups: readonly number[]
  /** The home directory, for `HOME` when the environment has none. */
  readonly home: string
}

/** The daemon's words for a user that cannot be. */
export interface NoUser {
  readonly message: string
}

/** The content of /etc/passwd and /etc/group of the container; empty when there are none. */
export interface Accounts {
  readonly passwd: string
  readonly group: string
}

const MAX_ID = 2 ** 31 - 1
const RANGE = `uids and gids must be in range 0-${MAX_ID}`

/**
 * Reads a `User` as the daemon does: `name`, `uid`, `name:group`, `uid:gid`; empty is root. Numbers need no entry. `groupAdd` are further
 * groups by name or number (HostConfig.GroupAdd).
 * @example
 * findUser({ passwd: 'www:x:33:33::/var/www:/bin/sh\n', group: '' }, 'www') // { uid: 33, gid: 33, groups: [], home: '/var/www' }
 * findUser({ passwd: '', group: '' }, 'nosuch') // { message: 'unable to find user nosuch: no matching entries in passwd file' }
 */
export function findUser(accounts: Accounts, user: string, groupAdd: readonly string[] = []): Credentials | NoUser {
  const colon = user.indexOf(':')
  const name = colon < 0 ? user : user.slice(0, colon)
  const group = colon < 0 ? '' : user.slice(colon + 1)
  const found = findAccount(accounts, name)
  if ('message' in found) return found
  const own = group === '' ? found : withGroup(accounts, found, group)
  if ('message' in own) return own
  return groupAdd.length === 0 ? own : withGroups(accounts, own, groupAdd)
}

/** As `findUser`, with the files of a container. */
export function findUserIn(namespace: Namespace, user: string, groupAdd: readonly string[] = []): Credentials | NoUser {
  return findUser(
    { passwd: readText(namespace, '/etc/passwd'), group: readText(namespace, '/etc/group') },
    user,
    groupAdd,
  )
}

function readText(namespace: Namespace, path: string): string {
  try {
    return new TextDecoder().decode(namespace.readFile({ uid: 0, gid: 0, umask: 0, now: 0n }, path))
  } catch (error) {
    if (error instanceof FileError) return ''
    throw error
  }
}

const rows = (file: string): string[][] =>
  file
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(':'))

const isNumber = (text: string) => /^-?\d+$/.test(text)

function findAccount({ passwd, group }: Accounts, user: string): Credentials | NoUser {
  const wanted = user === '' ? '0' : user
  const row = rows(passwd).find(([name, , uid]) => name === wanted || uid === wanted)
  if (row) {
    const [name = '', , uid, gid, , home] = row
    const groups = rows(group).filter(([, , , members]) => members?.split(',').includes(name))
    return { uid: Number(uid), gid: Number(gid), groups: groups.map(([, , id]) => Number(id)), home: home || '/' }
  }
  if (!isNumber(wanted)) return { message: `unable to find user ${user}: no matching entries in passwd file` }
  if (Number(wanted) < 0 || Number(wanted) > MAX_ID) return { message: `unable to find user ${user}: ${RANGE}` }
  return { uid: Number(wanted), gid: 0, groups: [], home: '/' }
}

function groupNumber({ group }: Accounts, wanted: string): number | NoUser {
  const row = rows(group).find(([name, , gid]) => name === wanted || gid === wanted)
  if (row) return Number(row[2])
  if (!isNumber(wanted)) return { message: `unable to find group ${wanted}: no matching entries in group file` }
  if (Number(wanted) < 0 || Number(wanted) > MAX_ID) return { message: `unable to find group ${wanted}: ${RANGE}` }
  return Number(wanted)
}

function withGroup(accounts: Accounts, { uid, home }: Credentials, group: string): Credentials | NoUser {
  const gid = groupNumber(accounts, group)
  return typeof gid === 'number' ? { uid, gid, groups: [], home } : gid
}

function withGroups(accounts: Accounts, own: Credentials, groupAdd: readonly string[]): Credentials | NoUser {
  const groups = [...own.groups]
  for (const wanted of groupAdd) {
    const gid = groupNumber(accounts, wanted)
    if (typeof gid !== 'number') return gid
    if (!groups.includes(gid)) groups.push(gid)
  }
  return { ...own, groups }
}
