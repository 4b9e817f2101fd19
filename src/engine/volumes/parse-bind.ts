import { Problem } from '../../core/problem.ts'
import type { MountSpec } from '../containers/config.ts'
import { invalidMode, invalidSpec } from './errors.ts'
import { hasNoCopy, isMountMode, isReadOnly, propagationOf } from './mount-mode.ts'
import { verifyMount } from './verify-mount.ts'
import type { Volumes } from './volume.ts'

/** A short mount as the long one it stands for; `mode` is kept as it was written. */
export interface Bind {
  readonly spec: MountSpec
  readonly mode: string
}

/** `[source:]destination[:mode]`, as in `-v`. moby: linuxParser.ParseMountRaw */
export function parseBind(volumes: Volumes, raw: string, volumeDriver: string): Bind {
  const parts = raw.split(':')
  const [first = '', second, third, ...more] = parts
  if (first === '' || more.length > 0) throw invalidSpec(raw)
  if (parts.length === 2 && isMountMode(second!)) throw invalidSpec(raw)
  const mode = third ?? ''
  if (!isMountMode(mode)) throw invalidMode(mode)
  const spec = specOf(second === undefined ? '' : first, second ?? first, mode, volumeDriver)
  try {
    verifyMount(volumes, spec, false)
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    throw new Problem('System', `${invalidSpec(raw).message}: ${problem.message}`)
  }
  return { spec, mode }
}

function specOf(source: string, target: string, mode: string, volumeDriver: string): MountSpec {
  const type = source.startsWith('/') ? 'bind' : 'volume'
  const driverConfig = volumeDriver !== '' && type === 'volume' ? { name: volumeDriver, options: null } : null
  const noCopy = hasNoCopy(mode)
  const propagation = propagationOf(mode)
  return {
    ...EMPTY,
    type,
    source,
    target,
    readOnly: isReadOnly(mode),
    volumeOptions: noCopy || driverConfig ? { noCopy, driverConfig, labels: null, subpath: '' } : null,
    bindOptions: propagation === '' ? null : { ...NO_BIND_OPTIONS, propagation },
  }
}

const NO_BIND_OPTIONS = {
  propagation: '',
  nonRecursive: false,
  createMountpoint: false,
  readOnlyNonRecursive: false,
  readOnlyForceRecursive: false,
}
const EMPTY: MountSpec = {
  type: '',
  source: '',
  target: '',
  readOnly: false,
  consistency: '',
  bindOptions: null,
  volumeOptions: null,
  imageOptions: null,
  tmpfsOptions: null,
}
