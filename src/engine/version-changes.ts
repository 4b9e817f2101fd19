import { bareIds, each, type Json, map, not, virtualSize, within } from './old-shape.ts'

/** What an answer looked like before a version. */
export interface VersionChange {
  /** The first version with the present shape. */
  readonly since: string
  readonly operations: readonly string[]
  /** From the present shape to the one before. */
  readonly before: (json: unknown) => unknown
}

/**
 * A row for each change, newest first: they are undone in this order.
 * From docs/api/version-history.md of moby, and from what 28.5.2 was recorded to answer.
 */
export const versionChanges: readonly VersionChange[] = [
  { since: '1.51', operations: ['ImageList'], before: each((image) => ({ ...image, Containers: -1 })) },
  { since: '1.50', operations: ['ImageInspect'], before: each(within('Config', wholeConfig)) },
  { since: '1.50', operations: ['SystemInfo'], before: each(withoutFirewall) },
  { since: '1.47', operations: ['SystemInfo'], before: each(within('RegistryConfig', withArtifacts)) },
  { since: '1.46', operations: ['SystemInfo'], before: each(not('Containerd')) },
  { since: '1.45', operations: ['ContainerInspect'], before: each(withShortIdAlias) },
  { since: '1.44', operations: ['SystemInfo'], before: each(within('Runtimes', map(not('status')))) },
  { since: '1.44', operations: ['ContainerInspect'], before: each(within('Config', not('MacAddress'))) },
  { since: '1.44', operations: ['ImageInspect'], before: each(withCreated) },
  { since: '1.44', operations: ['ImageList', 'ImageInspect'], before: each(virtualSize) },
  { since: '1.44', operations: ['SystemDataUsage'], before: each(within('Images', virtualSize)) },
  { since: '1.43', operations: ['ImageList'], before: each(withoutEmptyReferences) },
  { since: '1.42', operations: ['SystemInfo'], before: each((info) => ({ ...info, KernelMemory: true })) },
  { since: '1.25', operations: ['SystemInfo'], before: each(plainSecurityOptions) },
  { since: '1.24', operations: ['ContainerList'], before: each(eraStatus) },
  { since: '1.23', operations: ['ContainerList'], before: each(not('State')) },
  { since: '1.22', operations: ['ContainerList'], before: each(not('Mounts', 'NetworkSettings')) },
  { since: '1.22', operations: ['ContainerInspect'], before: each(bareIds('Image')) },
  { since: '1.22', operations: ['ImageList', 'ImageInspect'], before: each(bareIds('Id', 'ParentId', 'Parent')) },
  { since: '1.22', operations: ['ImageHistory', 'ImageCommit'], before: each(bareIds('Id')) },
  { since: '1.21', operations: ['ContainerList'], before: each(not('ImageID', 'HostConfig')) },
  { since: '1.21', operations: ['ContainerInspect'], before: each(within('NetworkSettings', not('Networks'))) },
  { since: '1.21', operations: ['ContainerStats'], before: each(oneNetwork) },
  { since: '1.21', operations: ['ImageInspect'], before: each(not('RepoTags', 'RepoDigests')) },
  { since: '1.20', operations: ['ImageSearch'], before: each(trusted) },
  { since: '1.20', operations: ['ContainerInspect'], before: each(withVolumeMaps) },
  { since: '1.20', operations: ['ContainerInspect', 'ImageInspect'], before: each(not('GraphDriver')) },
  { since: '1.19', operations: ['SystemInfo'], before: each(numbersForFlags) },
  { since: '1.18', operations: ['ContainerList'], before: each(not('Labels')) },
  { since: '1.18', operations: ['ImageList'], before: each(not('Labels', 'RepoDigests', 'SharedSize', 'Containers')) },
]

/** A config had the fields of a container's too. */
const CONTAINER_FIELDS = {
  AttachStderr: false,
  AttachStdin: false,
  AttachStdout: false,
  Domainname: '',
  Hostname: '',
  Image: '',
  OpenStdin: false,
  StdinOnce: false,
  Tty: false,
}

function wholeConfig(config: Json): Json {
  const all = Object.entries({ ...CONTAINER_FIELDS, ...config })
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** An image that does not say when it was made was made in the year 1. */
function withCreated(image: Json): Json {
  return 'Created' in image ? image : { ...image, Created: '0001-01-01T00:00:00Z' }
}

/** An image without a name had one that says so. */
function withoutEmptyReferences(image: Json): Json {
  const [tags, digests] = [image.RepoTags, image.RepoDigests].map((list) => (list as readonly string[] | null) ?? [])
  if (tags!.length + digests!.length === 0)
    return { ...image, RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'] }
  return { ...image, RepoTags: tags!.length > 0 ? tags : null, RepoDigests: digests!.length > 0 ? digests : null }
}

function withoutFirewall(info: Json): Json {
  const { ID } = (info.RuncCommit ?? {}) as Json
  const old = { BridgeNfIptables: false, BridgeNfIp6tables: false, RuncCommit: { ID, Expected: ID } }
  return { ...not('FirewallBackend')(info), ...old }
}

function withArtifacts(registry: Json): Json {
  return { AllowNondistributableArtifactsCIDRs: null, AllowNondistributableArtifactsHostnames: null, ...registry }
}

/** The DNS' own names of a container stood among its aliases on networks of the user's. */
function withShortIdAlias(container: Json): Json {
  const hostname = ((container.Config ?? {}) as Json).Hostname
  const own = [String(container.Id).slice(0, 12), hostname].filter((name) => name !== '')
  const networks = ((container.NetworkSettings ?? {}) as Json).Networks ?? {}
  const old = Object.entries(networks).map(([name, endpoint]: [string, Json]) => {
    if (PREDEFINED.includes(name)) return [name, endpoint]
    const aliases = (endpoint.Aliases ?? []) as readonly string[]
    return [name, { ...endpoint, Aliases: [...new Set([...aliases, ...own])] }]
  })
  return within('NetworkSettings', (settings) => ({ ...settings, Networks: Object.fromEntries(old) }))(container)
}

const PREDEFINED = ['bridge', 'host', 'none', 'default']

/** `name=seccomp,profile=builtin` was `seccomp`. */
function plainSecurityOptions(info: Json): Json {
  const options = info.SecurityOptions as readonly string[]
  return { ...info, SecurityOptions: options.map((option) => /name=([^,]*)/.exec(option)?.[1] ?? option) }
}

/** What was only created had no words, and one second was some. */
function eraStatus(container: Json): Json {
  const status = String(container.Status)
  return { ...container, Status: status === 'Created' ? '' : status.replace(/\b1 second\b/, '1 seconds') }
}

/** The counters of one interface stood by themselves. */
function oneNetwork({ networks, ...stats }: Json): Json {
  return { ...stats, network: Object.values((networks ?? {}) as Json)[0] ?? {} }
}

/** Two maps by destination stood where the list of mounts is now, and the limits stood in the config too. */
function withVolumeMaps({ Mounts, ...container }: Json): Json {
  const mounts = (Mounts ?? []) as readonly Json[]
  const { Memory, MemorySwap, CpuShares, CpusetCpus, VolumeDriver } = (container.HostConfig ?? {}) as Json
  return {
    ...container,
    Config: { ...(container.Config as Json), Memory, MemorySwap, CpuShares, Cpuset: CpusetCpus, VolumeDriver },
    Volumes: Object.fromEntries(mounts.map((mount) => [mount.Destination, mount.Source])),
    VolumesRW: Object.fromEntries(mounts.map((mount) => [mount.Destination, mount.RW])),
  }
}

const FLAGS = ['MemoryLimit', 'SwapLimit', 'IPv4Forwarding', 'Debug']

function numbersForFlags(info: Json): Json {
  return { ...info, ...Object.fromEntries(FLAGS.map((flag) => [flag, info[flag] ? 1 : 0])) }
}

/** Automated builds were called trusted. */
function trusted({ is_automated, name, description, is_official, star_count }: Json): Json {
  return { description, is_official, is_trusted: is_automated, name, star_count }
}
