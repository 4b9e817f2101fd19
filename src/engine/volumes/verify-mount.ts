import { FileSystem } from '../../storage/file-system.ts'
import type { MountSpec } from '../containers/config.ts'
import { invalidMount, sourceMissing } from './errors.ts'
import { isPropagation } from './mount-mode.ts'
import type { Volumes } from './volume.ts'

/** What is wrong with a mount by itself; throws. moby: linuxParser.validateMountConfigImpl */
export function verifyMount(volumes: Volumes, spec: MountSpec, mustExist: boolean): void {
  const words = commonProblem(spec) ?? problemOfType(volumes, spec, mustExist)
  if (words !== undefined) throw invalidMount(spec.type, words)
}

const missing = (field: string) => `field ${field} must not be empty`
const extra = (field: string) => `field ${field} must not be specified`
const relative = (path: string) => `invalid mount path: '${path}' mount path must be absolute`

function commonProblem({ target }: MountSpec): string | undefined {
  if (target === '') return missing('Target')
  if (/^\/+(\.?\/*)*$/.test(target)) return "invalid specification: destination can't be '/'"
  return target.startsWith('/') ? undefined : relative(target)
}

function problemOfType(volumes: Volumes, spec: MountSpec, mustExist: boolean): string | undefined {
  switch (spec.type) {
    case 'bind':
      return bindProblem(volumes, spec, mustExist)
    case 'volume':
      return volumeProblem(spec)
    case 'tmpfs':
      if (spec.bindOptions) return extra('BindOptions')
      return spec.source === '' ? undefined : extra('Source')
    case 'image':
      return imageProblem(spec)
    default:
      return 'mount type unknown'
  }
}

function bindProblem(volumes: Volumes, spec: MountSpec, mustExist: boolean): string | undefined {
  const { source, bindOptions, volumeOptions } = spec
  if (source === '') return missing('Source')
  const propagation = bindOptions?.propagation ?? ''
  if (propagation !== '' && !isPropagation(propagation)) return `invalid propagation mode: ${propagation}`
  if (volumeOptions) return extra('VolumeOptions')
  if (!source.startsWith('/')) return relative(source)
  if (!mustExist || bindOptions?.createMountpoint || new FileSystem(volumes.host).lookup(source)) return undefined
  return sourceMissing(source)
}

function imageProblem({
  source,
  bindOptions,
  volumeOptions,
  tmpfsOptions,
  imageOptions,
}: MountSpec): string | undefined {
  if (source === '') return missing('Source')
  if (bindOptions) return extra('BindOptions')
  if (volumeOptions) return extra('VolumeOptions')
  if (tmpfsOptions) return extra('TmpfsOptions')
  const subpath = imageOptions?.subpath ?? ''
  return subpath.startsWith('/') || subpath.split('/').includes('..')
    ? 'subpath must be a relative path within the image'
    : undefined
}

function volumeProblem({ source, readOnly, bindOptions, volumeOptions }: MountSpec): string | undefined {
  if (bindOptions) return extra('BindOptions')
  const subpath = volumeOptions?.subpath ?? ''
  if (source === '' && subpath !== '') return 'must not set Subpath when using anonymous volumes'
  if (subpath.startsWith('/') || subpath.split('/').includes('..'))
    return 'subpath must be a relative path within the volume'
  return source === '' && readOnly ? 'must not set ReadOnly mode when using anonymous volumes' : undefined
}
