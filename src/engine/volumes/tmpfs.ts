import { root } from '../../storage/caller.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { ROOT } from '../../storage/inode.ts'
import type { EngineState } from '../state.ts'

/** What a fresh tmpfs of a container looks like: empty, with the mode and owner that its options say. */
export function freshTmpfs({ containers, now }: EngineState, container: string, path: string): Snapshot | undefined {
  const hostConfig = containers.byId.get(container)?.hostConfig
  if (!hostConfig) return undefined
  const options = optionsOf(hostConfig.tmpfs?.[path] ?? '')
  const mount = hostConfig.mounts?.find(({ type, target }) => type === 'tmpfs' && target === path)
  const mode = mount?.tmpfsOptions?.mode || Number.parseInt(options.get('mode') ?? '1777', 8)
  const files = new FileSystem()
  const time = BigInt(now) * 1000n
  const caller = root(time)
  files.chmod(caller, ROOT, Number.isNaN(mode) ? 0o1777 : mode)
  files.chown(caller, ROOT, Number(options.get('uid') ?? 0) || 0, Number(options.get('gid') ?? 0) || 0)
  files.utimes(caller, ROOT, time, time)
  return files.snapshot()
}

const optionsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(text.split(',').map((option) => option.split('=', 2) as [string, string]))
