import type { ProcessInfo } from '../programs/machine.ts'
import type { EngineCommand } from './commands.ts'

/** What an event makes the process machines do. What comes of it comes back as commands. */
export type EngineEffect =
  /** Say what runs in it. */
  | {
      readonly kind: 'probe'
      readonly container: string
      readonly tell: (processes: readonly ProcessInfo[]) => EngineCommand
    }
  /** Start PID 1 of the container. */
  | { readonly kind: 'boot'; readonly container: string; readonly process: ProcessSpec; readonly machine: MachineSpec }
  /** Start one more process in it; `id` is the exec instance. */
  | { readonly kind: 'exec'; readonly container: string; readonly id: string; readonly process: ProcessSpec }
  /** `process`: `main` or an exec id. */
  | { readonly kind: 'signal'; readonly container: string; readonly process: string; readonly signal: number }
  | { readonly kind: 'freeze'; readonly container: string; readonly frozen: boolean }
  /** `undefined` is the end of the input. */
  | {
      readonly kind: 'feed'
      readonly container: string
      readonly process: string
      readonly bytes: Uint8Array | undefined
    }
  | {
      readonly kind: 'resize'
      readonly container: string
      readonly process: string
      readonly columns: number
      readonly rows: number
    }
  /** The machine goes away with all its processes: the container died. */
  | { readonly kind: 'halt'; readonly container: string }
  /** A file system was changed by a caller (archive, commit --pause…), not by a program: the machine must see it. */
  | { readonly kind: 'refresh'; readonly disk: string }
  /** Addresses or names of a running container have changed. */
  | { readonly kind: 'rewire'; readonly container: string; readonly network: NetworkSpec }

export interface ProcessSpec {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly uid: number
  readonly gid: number
  readonly groups: readonly number[]
  readonly tty: { readonly columns: number; readonly rows: number } | undefined
  /** Whether its standard input is open; else it reads end-of-file. */
  readonly stdin: boolean
}

export interface MachineSpec {
  readonly hostname: string
  /** Bytes; 0 is no limit. */
  readonly memory: number
  /** 0 is no limit. */
  readonly pids: number
  /** `--init`: a small init as PID 1 passes signals on. */
  readonly init: boolean
  readonly readOnlyRoot: boolean
  readonly mounts: readonly DiskMount[]
  /** /dev/shm, unless the container shall have none: its own, or that of the container whose IPC namespace it shares. */
  readonly sharedMemory: readonly DiskMount[]
  readonly network: NetworkSpec
}

/** Named `container:<id>`, `volume:<name>`, `tmpfs:<container>:<path>`, `image:<container>:<path>`, `shm:<container>` or `host`. */
export interface DiskMount {
  readonly disk: string
  /** Path on the disk; `/` is the whole. */
  readonly from: string
  readonly to: string
  readonly readOnly: boolean
  /** Of a tmpfs: bytes that fit, and how it stands in /proc/mounts. */
  readonly tmpfs?: TmpfsMount | undefined
}

export interface TmpfsMount {
  readonly size: number | undefined
  readonly source: string
  readonly options: string
  /** The first option that Linux does not take. */
  readonly wrong?: string | undefined
}

/** What the virtual network needs to know of a container. */
export interface NetworkSpec {
  /** Whose network stack it lives in: the id of the container that has it (its own, as a rule), or `host`. */
  readonly stack: string
  /** One for each network it is on. */
  readonly interfaces: readonly Interface[]
  /** Its addresses, `127.0.0.1` apart. */
  readonly addresses: readonly string[]
  /** Lines of /etc/hosts: address and names. */
  readonly hosts: readonly (readonly [address: string, names: readonly string[]])[]
  /** Networks whose embedded DNS it may ask. */
  readonly resolvers: readonly string[]
  /** Lines of /etc/resolv.conf. */
  readonly resolvConf: readonly string[]
  /** Published ports: the host's side and the container's. */
  readonly published: readonly PublishedPort[]
}

export interface Interface {
  /** The network's id. */
  readonly network: string
  readonly addresses: readonly string[]
  /** The host's own addresses on this network. */
  readonly gateways: readonly string[]
  /** Nothing beyond the network is reached. */
  readonly internal: boolean
  /** Containers of the network do not reach each other: `com.docker.network.bridge.enable_icc=false`. */
  readonly isolated: boolean
}

export interface PublishedPort {
  readonly hostIp: string
  readonly hostPort: number
  readonly containerPort: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
}
