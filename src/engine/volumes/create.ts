import type { Env } from '../../core/env.ts'
import { root } from '../../storage/caller.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { ROOT } from '../../storage/inode.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineVerb } from '../verb.ts'
import type { VolumeRequest } from './commands.ts'
import { invalidName, invalidOption, missingOption, noSuchDriver, shortName } from './errors.ts'
import { ANONYMOUS, type Volume, type Volumes } from './volume.ts'

/** A volume that is there already is left as it is. moby: VolumesService.Create */
export const create: EngineVerb<VolumeRequest> = ({ volumes }, request, env) => made(volumes, request, env).events

/** The volume of a request, and the event that makes it if there is none. */
export function made(
  volumes: Volumes,
  request: VolumeRequest,
  env: Env,
): { readonly volume: Volume; readonly events: readonly EngineEvent[] } {
  const named = request.name === '' ? { ...request, name: env.id(), labels: anonymous(request) } : request
  const { name, driver, driverOpts, labels } = named
  if (driver !== '' && driver !== 'local') throw noSuchDriver(name, driver)
  const known = volumes.byName.get(name)
  if (known) return { volume: known, events: [] }
  verifyName(name)
  verifyOptions(name, driverOpts)
  const options = Object.keys(driverOpts ?? {}).length > 0 ? driverOpts : null
  const volume: Volume = { name, driver: 'local', created: env.now, options, labels }
  return { volume, events: [{ type: 'volume.create', volume, content: emptyContent(env) }] }
}

const anonymous = ({ labels }: VolumeRequest) => ({ ...labels, [ANONYMOUS]: '' })

function verifyName(name: string): void {
  if (name.length === 1) throw shortName(name)
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) throw invalidName(name)
}

const NEEDS: Readonly<Record<string, readonly string[]>> = {
  device: ['type'],
  type: ['device'],
  o: ['device', 'type'],
  size: [],
}

function verifyOptions(name: string, options: VolumeRequest['driverOpts']): void {
  const given = Object.keys(options ?? {})
  const unknown = given.find((option) => !Object.hasOwn(NEEDS, option))
  if (unknown !== undefined) throw invalidOption(name, unknown)
  const missing = given.flatMap((option) => NEEDS[option]!).find((option) => !given.includes(option))
  if (missing !== undefined) throw missingOption(name, missing)
}

function emptyContent({ now }: Env): Snapshot {
  const files = new FileSystem()
  const time = BigInt(now) * 1000n
  files.utimes(root(time), ROOT, time, time)
  return files.snapshot()
}
