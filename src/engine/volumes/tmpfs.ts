import { Problem } from '../../core/problem.ts'
import { root } from '../../storage/caller.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { ROOT } from '../../storage/inode.ts'
import type { HostConfig } from '../containers/config.ts'
import type { TmpfsMount } from '../effects.ts'
import type { EngineState } from '../state.ts'
import { mountOptions, tmpfsSize, wrongOption } from './tmpfs-options.ts'

/** The options of a container's tmpfs at a path, of `--tmpfs` or `--mount`, as mount(8) has them. */
export function tmpfsOptions({ tmpfs, mounts }: HostConfig, path: string): readonly string[] {
  const given = tmpfs?.[path]
  if (given !== undefined) return given === '' ? [] : given.split(',')
  const { sizeBytes = 0, mode = 0, options } = mounts?.find((mount) => mount.target === path)?.tmpfsOptions ?? {}
  return [
    ...(mode > 0 ? [`mode=${mode.toString(8)}`] : []),
    ...(sizeBytes > 0 ? [`size=${sizeText(sizeBytes)}`] : []),
    ...(options ?? []).map((option) => (option ?? []).join('=')),
  ]
}

/** In the largest unit that leaves no rest, as the daemon hands it on. */
function sizeText(bytes: number): string {
  const units = ['', 'k', 'm', 'g'].map((unit, power) => [unit, 1024 ** power] as const)
  const [unit, size] = units.findLast(([, size]) => bytes % size === 0)!
  return `${bytes / size}${unit}`
}

/** Refuses options that no tmpfs has. moby: mount.MergeTmpfsOptions */
export function verifyTmpfs({ tmpfs }: HostConfig): void {
  for (const options of Object.values(tmpfs ?? {}))
    for (const option of options.split(',')) {
      if (option === '' || FLAGS.has(option)) continue
      const [name = '', ...value] = option.split('=')
      if (value.length > 0 && VALUES.has(name)) continue
      const words = value.length > 0 ? [name, value.join('=')] : [name]
      throw new Problem('InvalidParameter', `invalid tmpfs option [${words.map((w) => JSON.stringify(w)).join(' ')}]`)
    }
}

const FLAGS: ReadonlySet<string> = new Set(
  (
    'defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime noatime diratime ' +
    'nodiratime bind rbind unbindable runbindable private rprivate shared rshared slave rslave relatime norelatime ' +
    'strictatime nostrictatime'
  ).split(' '),
)
const VALUES: ReadonlySet<string> = new Set(['mode', 'uid', 'gid', 'size', 'nr_inodes', 'mpol'])

/** What a fresh tmpfs of a container looks like: empty, with the mode and owner that its options say. */
export function freshTmpfs({ containers, now }: EngineState, container: string, path: string): Snapshot | undefined {
  const hostConfig = containers.byId.get(container)?.hostConfig
  return hostConfig && emptyTmpfs(tmpfsOptions(hostConfig, path), now)
}

/** `now`: microseconds since the epoch. */
export function emptyTmpfs(given: readonly string[], now: number): Snapshot {
  const options = new Map(given.map((option) => option.split('=', 2) as [string, string]))
  const mode = Number.parseInt(options.get('mode') ?? '1777', 8)
  const files = new FileSystem()
  const time = BigInt(now) * 1000n
  const caller = root(time)
  files.chmod(caller, ROOT, Number.isNaN(mode) ? 0o1777 : mode)
  files.chown(caller, ROOT, Number(options.get('uid') ?? 0) || 0, Number(options.get('gid') ?? 0) || 0)
  files.utimes(caller, ROOT, time, time)
  return files.snapshot()
}

/** How it shows in a container, and how much fits; `memory` is what the machine has. */
export function tmpfsMount(given: readonly string[], base: readonly string[], memory: number): TmpfsMount {
  const options = mountOptions([...base, ...given], memory)
  return { size: tmpfsSize(given, memory), source: 'tmpfs', options, wrong: wrongOption(given) }
}
