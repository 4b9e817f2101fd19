import { rfc3339Nano } from '../../../core/rfc3339.ts'
import type { EngineState } from '../../state.ts'
import { build, engineVersion, storageDriver } from '../host.ts'
import { runtimes } from './runtimes.ts'

/** `GET /info`, in the order in which Go writes it. moby: Daemon.SystemInfo */
export function info(state: EngineState): unknown {
  const { host, now, images } = state
  return {
    ID: host.id,
    ...containerCounts(state),
    Images: images.byId.size,
    Driver: storageDriver,
    DriverStatus: null,
    Plugins: PLUGINS,
    MemoryLimit: true,
    SwapLimit: true,
    KernelMemoryTCP: true,
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    Debug: false,
    NFd: 29,
    OomKillDisable: true,
    NGoroutines: 51,
    SystemTime: rfc3339Nano(now),
    LoggingDriver: 'json-file',
    CgroupDriver: 'cgroupfs',
    CgroupVersion: '1',
    NEventsListener: 0,
    KernelVersion: host.kernel,
    OperatingSystem: host.operatingSystem,
    OSVersion: '',
    OSType: 'linux',
    Architecture: host.architecture === 'amd64' ? 'x86_64' : 'aarch64',
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: REGISTRIES,
    NCPU: host.cpus,
    MemTotal: host.memory,
    GenericResources: null,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: host.name,
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: engineVersion,
    Runtimes: runtimes,
    DefaultRuntime: 'runc',
    Swarm: NO_SWARM,
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    ContainerdCommit: { ID: build.containerd.commit },
    RuncCommit: { ID: build.runc.commit },
    InitCommit: { ID: build.init.commit },
    SecurityOptions: ['name=seccomp,profile=builtin'],
    FirewallBackend: { Driver: 'iptables' },
    CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
    Containerd: {
      Address: '/var/run/docker/containerd/containerd.sock',
      Namespaces: { Containers: 'moby', Plugins: 'plugins.moby' },
    },
    Warnings: null,
  }
}

/** One that waits for its restart counts as stopped. moby: container.stateCounter */
function containerCounts({ containers }: EngineState): object {
  const flags = containers.byId.values().map((container) => container.flags)
  const paused = flags.filter((flag) => flag.paused).length
  const running = flags.filter((flag) => flag.running && !flag.paused && !flag.restarting).length
  return {
    Containers: flags.length,
    ContainersRunning: running,
    ContainersPaused: paused,
    ContainersStopped: flags.length - running - paused,
  }
}

const PLUGINS = {
  Volume: ['local'],
  Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
  Authorization: null,
  Log: ['awslogs', 'fluentd', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
}

const REGISTRIES = {
  IndexConfigs: { 'docker.io': { Mirrors: [], Name: 'docker.io', Official: true, Secure: true } },
  InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
  Mirrors: null,
}

const NO_SWARM = {
  NodeID: '',
  NodeAddr: '',
  LocalNodeState: 'inactive',
  ControlAvailable: false,
  Error: '',
  RemoteManagers: null,
}
