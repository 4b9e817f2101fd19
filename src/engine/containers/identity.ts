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
 * `user[:group]`, each a name or a number, as the container's /etc/passwd and /etc/group know them; `groupAdd` are further groups. A number
 * needs no row. moby/sys/user: GetExecUser, GetAdditionalGroups
 *
 * @example identity(namespace, '65534', []) // { uid: 65534, gid: 65534, groups: [], home: '/nonexistent' }
 */
export function identity(namespace: Namespace, user: string, groupAdd: readonly string[]): Identity | NoIdentity {
  const [name = '', group = ''] = partition(user)
  const entry = rowOf(rows(namespace, '/etc/passwd'), name || '0')
  if (!entry && name !== '' && !NUMBER.test(name)) return unknown('unable', 'user', name, 'passwd')
  const groups = rows(namespace, '/etc/group')
  const gid = group === '' ? Number(entry?.[3] ?? 0) : numberOf(rowOf(groups, group), group)
  if (gid === undefined) return unknown('unable', 'group', group, 'group')
  const added = groupAdd.map((one) => numberOf(rowOf(groups, one) ?? named(groups, one), one))
  const missing = added.indexOf(undefined)
  if (missing >= 0) return unknown('Unable', 'group', groupAdd[missing]!, 'group')
  const uid = Number(entry?.[2] ?? (name || 0))
  if (![uid, gid, ...added].every(inRange)) return { refusal: `uids and gids must be in range 0-${HIGHEST}` }
  const own = group === '' && entry ? memberOf(groups, entry[0]!) : []
  return { uid, gid, groups: [...new Set([...own, ...(added as number[])])], home: entry?.[5] || '/' }
}

function partition(user: string): readonly [string, string] {
  const colon = user.indexOf(':')
  return colon < 0 ? [user, ''] : [user.slice(0, colon), user.slice(colon + 1)]
}

const unknown = (word: string, what: string, name: string, file: string): NoIdentity => ({
  refusal: `${word} to find ${what} ${name}: no matching entries in ${file} file`,
})

/** A number is looked for among the numbers only. */
const rowOf = (table: readonly string[][], wanted: string): string[] | undefined =>
  NUMBER.test(wanted) ? table.find(([, , id]) => Number(id) === Number(wanted)) : named(table, wanted)

const named = (table: readonly string[][], wanted: string) => table.find(([name]) => name === wanted)

function numberOf(row: string[] | undefined, wanted: string): number | undefined {
  if (row) return Number(row[2])
  return NUMBER.test(wanted) ? Number(wanted) : undefined
}

const inRange = (id: number | undefined) => id !== undefined && id >= 0 && id <= HIGHEST

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

const memberOf = (groups: readonly string[][], login: string): number[] =>
  groups.filter(([, , , members]) => members?.split(',').includes(login)).map(([, , gid]) => Number(gid))
