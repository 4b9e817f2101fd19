import type { Namespace } from '../../storage/mount-namespace.ts'

/** Who a process runs as. */
export interface Identity {
  readonly uid: number
  readonly gid: number
  readonly groups: readonly number[]
  readonly home: string
}

/** Why there is no such user or group, in the daemon's words. */
export interface NoIdentity {
  readonly refusal: string
}

const NUMBER = /^[+-]?\d+$/
const HIGHEST = 2 ** 31 - 1
const decoder = new TextDecoder()

/**
 * `user[:group]`, each a name or a number, as the container's /etc/passwd and /etc/group know them. moby/sys/user: GetExecUser
 *
 * @example identity(namespace, '65534', []) // { uid: 65534, gid: 65534, groups: [], home: '/nonexistent' }
 */
export function identity(namespace: Namespace, user: string, groupAdd: readonly string[]): Identity | NoIdentity {
  const colon = user.indexOf(':')
  const name = colon < 0 ? user : user.slice(0, colon)
  const group = colon < 0 ? '' : user.slice(colon + 1)
  const passwd = rows(namespace, '/etc/passwd')
  const entry = passwd.find(([login, , uid]) => (name === '' ? uid === '0' : login === name || uid === name))
  if (!entry && name !== '' && !NUMBER.test(name))
    return { refusal: `unable to find user ${name}: no matching entries in passwd file` }
  const uid = Number(entry?.[2] ?? (name || 0))
  const groups = rows(namespace, '/etc/group')
  const gid = group === '' ? Number(entry?.[3] ?? 0) : groupNumber(groups, group)
  if (gid === undefined) return { refusal: `unable to find group ${group}: no matching entries in group file` }
  if (!inRange(uid) || !inRange(gid)) return { refusal: `uids and gids must be in range 0-${HIGHEST}` }
  const added = groupAdd.map((one) => groupNumber(groups, one))
  const missing = added.indexOf(undefined)
  if (missing >= 0) return { refusal: `Unable to find group ${groupAdd[missing]}: no matching entries in group file` }
  const own = group === '' && entry ? memberOf(groups, entry[0]!) : []
  return { uid, gid, groups: [...new Set([...own, ...(added as number[])])], home: entry?.[5] || '/' }
}

const inRange = (id: number) => id >= 0 && id <= HIGHEST

function rows(namespace: Namespace, path: string): string[][] {
  const at = namespace.resolve(path).at
  const size = at && namespace.inode(at).size
  if (!at || !size) return []
  return decoder
    .decode(namespace.read(at, 0, size))
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(':'))
}

function groupNumber(groups: readonly string[][], name: string): number | undefined {
  const entry = groups.find(([group, , gid]) => group === name || gid === name)
  if (entry) return Number(entry[2])
  return NUMBER.test(name) ? Number(name) : undefined
}

const memberOf = (groups: readonly string[][], login: string): number[] =>
  groups.filter(([, , , members]) => members?.split(',').includes(login)).map(([, , gid]) => Number(gid))
