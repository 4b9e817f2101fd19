import type { Env } from '../../core/env.ts'
import type { Config, HostConfig, MountSpec } from '../containers/config.ts'
import { none } from '../containers/container.ts'
import { cleanPath } from '../containers/verify-config.ts'
import type { EngineEvent } from '../events.ts'
import { find as findImage, lookup } from '../images/find.ts'
import { rootOf } from '../images/layer.ts'
import type { EngineState } from '../state.ts'
import { copyUp } from './copy-up.ts'
import { made } from './create.ts'
import { duplicateMount } from './errors.ts'
import { volumesEvolution } from './evolve.ts'
import type { MountPoint } from './mount-point.ts'
import { parseBind } from './parse-bind.ts'
import { verifyMount } from './verify-mount.ts'
import { mountpoint, type Volumes } from './volume.ts'
import { volumesFrom } from './volumes-from.ts'

type VolumeCreated = EngineEvent & { readonly type: 'volume.create' }

/** The mounts of a new container, by destination: later ones cover earlier ones. moby: Daemon.registerMountPoints */
export function resolveAll(
  state: EngineState,
  config: Config,
  hostConfig: HostConfig,
  env: Env,
): { readonly mounts: readonly MountPoint[]; readonly events: readonly EngineEvent[] } {
  const resolver = new Resolver(state, env)
  for (const spec of hostConfig.mounts ?? []) verifyMount(state.volumes, spec, true)
  for (const spec of hostConfig.volumesFrom ?? []) for (const mount of volumesFrom(state, spec)) resolver.put(mount)
  for (const raw of hostConfig.binds ?? []) {
    const { spec, mode } = parseBind(state.volumes, raw, hostConfig.volumeDriver)
    resolver.own(spec, hostConfig)
    resolver.put({ ...resolver.mount(spec, mode), ...(spec.source === '' ? { name: '' } : {}) })
  }
  for (const spec of hostConfig.mounts ?? []) {
    resolver.own(spec, hostConfig)
    resolver.put({
      ...resolver.mount(spec, ''),
      mustExist: spec.type === 'bind' && !spec.bindOptions?.createMountpoint,
    })
  }
  for (const path of Object.keys(config.volumes ?? {}).sort()) resolver.declared(cleanPath(path))
  if (resolver.mounts.length === 0) return nothing
  const image = config.image === '' ? undefined : lookup(state.images, config.image)
  return {
    mounts: resolver.mounts,
    events: [...resolver.events, ...(image ? resolver.copyUps(rootOf(state.images, image)) : [])],
  }
}

const nothing = { mounts: none, events: none }

class Resolver {
  readonly events: EngineEvent[] = []
  readonly #byDestination = new Map<string, MountPoint>()
  /** Destinations that this container's own mounts have taken. */
  readonly #taken = new Set<string>()
  readonly #env: Env
  readonly #images: EngineState['images']
  /** With the volumes made so far. */
  #volumes: Volumes

  constructor({ volumes, images }: EngineState, env: Env) {
    this.#images = images
    this.#volumes = volumes
    this.#env = env
  }

  get mounts(): readonly MountPoint[] {
    return [...this.#byDestination.values()]
  }

  put(mount: MountPoint): void {
    this.#byDestination.delete(mount.destination)
    this.#byDestination.set(mount.destination, mount)
  }

  own({ target }: MountSpec, { tmpfs }: HostConfig): void {
    const destination = cleanPath(target)
    if (this.#taken.has(destination) || Object.hasOwn(tmpfs ?? {}, destination)) throw duplicateMount(destination)
    this.#taken.add(destination)
  }

  mount(spec: MountSpec, mode: string): MountPoint {
    const base = { ...EMPTY, destination: cleanPath(spec.target), mode, rw: !spec.readOnly }
    if (spec.type === 'tmpfs') return { ...base, type: 'tmpfs' }
    if (spec.type === 'volume') return this.#volume(base, spec)
    if (spec.type === 'image') {
      const { id } = findImage(this.#images, spec.source)
      return { ...base, type: 'image', name: spec.source, source: id, subpath: spec.imageOptions?.subpath ?? '' }
    }
    const source = cleanPath(spec.source)
    return { ...base, type: 'bind', source, propagation: spec.bindOptions?.propagation || defaultPropagation(source) }
  }

  #volume(base: MountPoint, { source, volumeOptions }: MountSpec): MountPoint {
    const { name, driver } = this.#make({
      name: source,
      driver: volumeOptions?.driverConfig?.name ?? '',
      driverOpts: volumeOptions?.driverConfig?.options ?? null,
      labels: volumeOptions?.labels ?? null,
    })
    return {
      ...base,
      type: 'volume',
      name,
      volume: name,
      source: mountpoint(name),
      driver,
      mode: base.mode || 'z',
      copyUp: !volumeOptions?.noCopy,
      anonymous: source === '',
      subpath: volumeOptions?.subpath ?? '',
    }
  }

  #make(request: Parameters<typeof made>[1]) {
    const { volume, events } = made(this.#volumes, request, this.#env)
    for (const event of events) {
      const { now: at, position } = this.#env
      this.#volumes = volumesEvolution['volume.create'](this.#volumes, { ...(event as VolumeCreated), at, position })
    }
    this.events.push(...events)
    return volume
  }

  /** A volume of the config, of the image as a rule; nothing where something is mounted there already. */
  declared(destination: string): void {
    if (this.#byDestination.has(destination)) return
    const { name, driver } = this.#make({ name: '', driver: '', driverOpts: null, labels: null })
    this.put({
      ...EMPTY,
      type: 'volume',
      name,
      volume: name,
      destination,
      driver,
      copyUp: true,
      anonymous: true,
    })
  }

  copyUps(image: Parameters<typeof copyUp>[0]): readonly EngineEvent[] {
    const written = new Set<string>()
    return this.mounts.flatMap(({ volume, destination, copyUp: wanted, subpath }): EngineEvent[] => {
      const before = this.#volumes.contents.get(volume)
      if (!wanted || subpath !== '' || !before || written.has(volume)) return []
      const content = copyUp(image, destination, before, this.#env.now)
      if (!content) return []
      written.add(volume)
      return [{ type: 'volume.write', name: volume, content }]
    })
  }
}

const EMPTY: MountPoint = {
  type: 'volume',
  name: '',
  source: '',
  destination: '',
  driver: '',
  mode: '',
  rw: true,
  propagation: '',
  copyUp: false,
  anonymous: false,
  volume: '',
  subpath: '',
  mustExist: false,
}

/** What the daemon's own directory is in must not be held by containers. moby: Daemon.validateBindDaemonRoot */
function defaultPropagation(source: string): string {
  const holdsRoot = source === '/' || source === '/var' || source === '/var/lib' || source === '/var/lib/docker'
  return holdsRoot ? 'rslave' : 'rprivate'
}
