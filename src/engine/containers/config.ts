import {
  as,
  bool,
  type Decoded,
  int,
  int64,
  list,
  map,
  nullable,
  omitEmpty,
  string,
  stringOrList,
  struct,
  uint16,
  unit,
} from '../../http/go-json.ts'

/** api/types/container: HealthConfig. Durations are nanoseconds, as on the wire. */
export const healthConfig = struct('HealthConfig', {
  test: omitEmpty(list(string)),
  interval: omitEmpty(int64),
  timeout: omitEmpty(int64),
  startPeriod: omitEmpty(int64),
  startInterval: omitEmpty(int64),
  retries: omitEmpty(int),
})
export type HealthConfig = Decoded<typeof healthConfig>

const configFields = {
  hostname: string,
  domainname: string,
  user: string,
  attachStdin: bool,
  attachStdout: bool,
  attachStderr: bool,
  exposedPorts: omitEmpty(map(unit, 'nat.PortSet')),
  tty: bool,
  openStdin: bool,
  stdinOnce: bool,
  env: list(string),
  cmd: stringOrList,
  healthcheck: { ...nullable(healthConfig), omit: (value: unknown) => value === null },
  argsEscaped: omitEmpty(bool),
  image: string,
  volumes: map(unit, 'map[string]struct {}'),
  workingDir: string,
  entrypoint: stringOrList,
  networkDisabled: omitEmpty(bool),
  macAddress: omitEmpty(string),
  onBuild: list(string),
  labels: map(string),
  stopSignal: omitEmpty(string),
  stopTimeout: { ...nullable(int), omit: (value: unknown) => value === null },
  shell: omitEmpty(stringOrList),
}
/** api/types/container: Config, in the order in which Go writes it. */
export const config = struct('', configFields)
export type Config = Decoded<typeof config>

const configNames = new Set(
  Object.entries(configFields).map(([name, { goName }]: [string, { goName?: string }]) =>
    (goName ?? name).toLowerCase(),
  ),
)
/** Whether a body has anything of a Config: Go leaves the embedded pointer nil where it has not. */
export const hasConfig = (body: object): boolean =>
  Object.entries(body).some(([name, value]) => value !== undefined && configNames.has(name.toLowerCase()))

const portBinding = struct('PortBinding', { hostIp: string, hostPort: string })
export type PortBinding = Decoded<typeof portBinding>
const restartPolicy = struct('RestartPolicy', { name: string, maximumRetryCount: int })
export type RestartPolicy = Decoded<typeof restartPolicy>
const logConfig = struct('LogConfig', { type: string, config: map(string) })
const weightDevice = struct('WeightDevice', { path: string, weight: uint16 })
const throttleDevice = struct('ThrottleDevice', { path: string, rate: int64 })
const device = struct('DeviceMapping', { pathOnHost: string, pathInContainer: string, cgroupPermissions: string })
const deviceRequest = struct('DeviceRequest', {
  driver: string,
  count: int,
  deviceIDs: list(string),
  capabilities: list(list(string), '[][]string'),
  options: map(string),
})
const ulimit = struct('Ulimit', { name: string, hard: int64, soft: int64 })

const present = (value: unknown) => value === null
const mountSpec = struct('Mount', {
  type: omitEmpty(string),
  source: omitEmpty(string),
  target: omitEmpty(string),
  readOnly: omitEmpty(bool),
  consistency: omitEmpty(string),
  bindOptions: {
    ...nullable(
      struct('BindOptions', {
        propagation: omitEmpty(string),
        nonRecursive: omitEmpty(bool),
        createMountpoint: omitEmpty(bool),
        readOnlyNonRecursive: omitEmpty(bool),
        readOnlyForceRecursive: omitEmpty(bool),
      }),
    ),
    omit: present,
  },
  volumeOptions: {
    ...nullable(
      struct('VolumeOptions', {
        noCopy: omitEmpty(bool),
        labels: omitEmpty(map(string)),
        subpath: omitEmpty(string),
        driverConfig: {
          ...nullable(struct('Driver', { name: omitEmpty(string), options: omitEmpty(map(string)) })),
          omit: present,
        },
      }),
    ),
    omit: present,
  },
  imageOptions: { ...nullable(struct('ImageOptions', { subpath: omitEmpty(string) })), omit: present },
  tmpfsOptions: {
    ...nullable(
      struct('TmpfsOptions', {
        sizeBytes: omitEmpty(int64),
        mode: omitEmpty(int),
        options: omitEmpty(list(list(string), '[][]string')),
      }),
    ),
    omit: present,
  },
})
export type MountSpec = Decoded<typeof mountSpec>

/** The cgroup limits of a container: what `POST …/update` may change. */
const resources = {
  cpuShares: int64,
  memory: int64,
  nanoCpus: int64,
  cgroupParent: string,
  blkioWeight: uint16,
  blkioWeightDevice: list(weightDevice, '[]*blkiodev.WeightDevice'),
  blkioDeviceReadBps: list(throttleDevice, '[]*blkiodev.ThrottleDevice'),
  blkioDeviceWriteBps: list(throttleDevice, '[]*blkiodev.ThrottleDevice'),
  blkioDeviceReadIOps: list(throttleDevice, '[]*blkiodev.ThrottleDevice'),
  blkioDeviceWriteIOps: list(throttleDevice, '[]*blkiodev.ThrottleDevice'),
  cpuPeriod: int64,
  cpuQuota: int64,
  cpuRealtimePeriod: int64,
  cpuRealtimeRuntime: int64,
  cpusetCpus: string,
  cpusetMems: string,
  devices: list(device, '[]container.DeviceMapping'),
  deviceCgroupRules: list(string),
  deviceRequests: list(deviceRequest, '[]container.DeviceRequest'),
  kernelMemory: omitEmpty(int64),
  kernelMemoryTCP: omitEmpty(int64),
  memoryReservation: int64,
  memorySwap: int64,
  memorySwappiness: nullable(int64),
  oomKillDisable: nullable(bool),
  pidsLimit: nullable(int64),
  ulimits: list(ulimit, '[]*units.Ulimit'),
  cpuCount: int64,
  cpuPercent: int64,
  iOMaximumIOps: int64,
  iOMaximumBandwidth: int64,
}

/** What limits a container; part of its HostConfig. */
export type Resources = Decoded<typeof resourcesStruct>
const resourcesStruct = struct('', resources)

/** The body of `POST …/update`: api/types/container UpdateConfig. */
export const updateRequest = struct('', { ...resources, restartPolicy })

/** api/types/container: HostConfig, in the order in which Go writes it. */
export const hostConfig = struct('HostConfig', {
  binds: list(string),
  containerIDFile: string,
  logConfig,
  networkMode: string,
  portBindings: map(list(portBinding, '[]nat.PortBinding'), 'nat.PortMap'),
  restartPolicy,
  autoRemove: bool,
  volumeDriver: string,
  volumesFrom: list(string),
  consoleSize: { ...list(int), zero: [0, 0] as readonly number[] | null },
  annotations: omitEmpty(map(string)),
  capAdd: stringOrList,
  capDrop: stringOrList,
  cgroupnsMode: string,
  dns: list(string),
  dnsOptions: list(string),
  dnsSearch: list(string),
  extraHosts: list(string),
  groupAdd: list(string),
  ipcMode: string,
  cgroup: string,
  links: list(string),
  oomScoreAdj: int,
  pidMode: string,
  privileged: bool,
  publishAllPorts: bool,
  readonlyRootfs: bool,
  securityOpt: list(string),
  storageOpt: omitEmpty(map(string)),
  tmpfs: omitEmpty(map(string)),
  utsMode: as('UTSMode', string),
  usernsMode: string,
  shmSize: int64,
  sysctls: omitEmpty(map(string)),
  runtime: string,
  isolation: string,
  ...resources,
  mounts: omitEmpty(list(mountSpec, '[]mount.Mount')),
  maskedPaths: list(string),
  readonlyPaths: list(string),
  init: { ...nullable(bool), omit: present },
})
export type HostConfig = Decoded<typeof hostConfig>

const ipamConfig = struct('EndpointIPAMConfig', {
  ipv4Address: omitEmpty(as('IPv4Address', string)),
  ipv6Address: omitEmpty(as('IPv6Address', string)),
  linkLocalIPs: omitEmpty(list(string)),
})
/** The part of network.EndpointSettings that a client may ask for. */
export const endpointConfig = struct('EndpointSettings', {
  ipamConfig: as('IPAMConfig', nullable(ipamConfig)),
  links: list(string),
  aliases: list(string),
  macAddress: string,
  driverOpts: map(string),
  gwPriority: int,
})
export type EndpointConfig = Decoded<typeof endpointConfig>

/** The body of `POST /containers/create`: Config with two more fields. */
export const createRequest = struct('', {
  hostConfig: nullable(hostConfig),
  networkingConfig: nullable(
    struct('NetworkingConfig', {
      endpointsConfig: map(nullable(endpointConfig), 'map[string]*network.EndpointSettings'),
    }),
  ),
})
