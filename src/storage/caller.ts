/** On whose behalf, and when, a file operation happens: file systems know no clock and no user of their own. */
export interface Caller {
  readonly uid: number
  readonly gid: number
  readonly umask: number
  /** Nanoseconds since the epoch. */
  readonly now: bigint
  /** Supplementary groups. */
  readonly groups?: readonly number[]
}

/** The superuser at `now` nanoseconds since the epoch. */
export function root(now: bigint, umask = 0o022): Caller {
  return { uid: 0, gid: 0, umask, now }
}

/** Permission bits, as for access(2). */
export const READ = 4
export const WRITE = 2
export const EXECUTE = 1

/** Whether `caller` may do all of `wanted` (READ, WRITE, EXECUTE or-ed) to something of that mode and ownership. */
export function permits(
  caller: Caller,
  { mode, uid, gid }: { readonly mode: number; readonly uid: number; readonly gid: number },
  wanted: number,
): boolean {
  const isDirectory = (mode & 0o170000) === 0o040000
  if (caller.uid === 0) return (wanted & EXECUTE) === 0 || isDirectory || (mode & 0o111) !== 0
  const inGroup = caller.gid === gid || (caller.groups?.includes(gid) ?? false)
  const bits = caller.uid === uid ? mode >> 6 : inGroup ? mode >> 3 : mode
  return (bits & wanted) === wanted
}
