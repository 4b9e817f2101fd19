/** Options of mount(8) for a tmpfs, as Linux takes and shows them. */

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }
const PAGE = 4096

/** Bytes that fit, in whole pages; `undefined` where nothing is said. Throws nothing: see `isTmpfsSize`. */
export function tmpfsSize(options: readonly string[], memory: number): number | undefined {
  const text = options.findLast((option) => option.startsWith('size='))?.slice('size='.length)
  const [, digits, unit = ''] = /^(\d+)([kmg%]?)$/i.exec(text ?? '') ?? []
  if (digits === undefined) return undefined
  const bytes = unit === '%' ? (memory * Number(digits)) / 100 : Number(digits) * UNITS[unit.toLowerCase()]!
  return bytes === 0 ? undefined : Math.ceil(bytes / PAGE) * PAGE
}

/** The first option whose value Linux does not take. */
export const wrongOption = (options: readonly string[]): string | undefined =>
  options.find(
    (option) =>
      (option.startsWith('size=') && !/^size=\d+[kmg%]?$/i.test(option)) ||
      (option.startsWith('mode=') && !/^mode=[0-7]+$/.test(option)) ||
      (/^[ug]id=/.test(option) && !/^[ug]id=\d+$/.test(option)),
  )

const OPPOSITE: Readonly<Record<string, string>> = { exec: 'noexec', dev: 'nodev', suid: 'nosuid', rw: 'ro' }

/** As they stand in /proc/mounts, behind `rw`. */
export function mountOptions(options: readonly string[], memory: number): string {
  const flags = ['nosuid', 'nodev', 'noexec'].filter((flag) => {
    const last = options.findLast((option) => option === flag || OPPOSITE[option] === flag)
    return last === flag
  })
  const size = tmpfsSize(options, memory)
  const value = (name: string) => options.findLast((option) => option.startsWith(`${name}=`))
  const mode = value('mode')?.replace(/=0+(?=\d)/, '=')
  const owners = ['uid', 'gid'].flatMap((name) => value(name) ?? []).filter((option) => !option.endsWith('=0'))
  return [
    ...flags,
    'relatime',
    ...(size === undefined ? [] : [`size=${size / 1024}k`]),
    ...(mode && mode !== 'mode=1777' ? [mode] : []),
    ...owners,
  ].join(',')
}

/** Whether it can only be read. */
export const isReadOnlyTmpfs = (options: readonly string[]): boolean =>
  options.findLast((option) => option === 'ro' || option === 'rw') === 'ro'
