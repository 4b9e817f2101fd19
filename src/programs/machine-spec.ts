import type { Instant } from '../core/instant.ts'
import type { Namespace } from '../storage/mount-namespace.ts'
import type { Catalog } from './catalog.ts'
import { Kernel } from './kernel/kernel.ts'
import type { Limits } from './kernel/limits.ts'
import { seedNumber } from './kernel/random.ts'

export interface MachineSpec {
  readonly hostname: string
  readonly namespace: Namespace
  readonly catalog: Catalog
  /** Randomness and whatever else is not given comes from this. */
  readonly seed: string
  readonly now: Instant
  readonly limits?: Partial<Limits>
  /** The container's addresses, first one first. */
  readonly addresses?: readonly string[]
  /** `docker run --init`: signals that the main process does not handle end it. */
  readonly init?: boolean
}

/** A first process: of the container (`main`, PID 1) or of an exec. */
export interface SpawnSpec {
  /** `main` or the exec's id. */
  readonly id: string
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly uid: number
  readonly gid: number
  readonly groups?: readonly number[]
  readonly tty?: { readonly cols: number; readonly rows: number }
  /** Whether anybody can feed it; else its standard input is /dev/null. */
  readonly stdin: boolean
}

/** A row of `docker top`. */
export interface ProcessInfo {
  readonly pid: number
  readonly ppid: number
  readonly uid: number
  /** `pts/0`, or `?`. */
  readonly tty: string
  readonly start: Instant
  /** CPU time, microseconds. */
  readonly cpu: number
  readonly argv: readonly string[]
  readonly stopped: boolean
}

/** More memory than this no container gets, whatever its limit: what its programs hold lies in the memory of the real host. */
const UNLIMITED: Limits = { pids: 4096, memory: 256 * 1024 * 1024, cpus: 2 }

/** A kernel without a process. */
export function kernelOf(spec: MachineSpec): Kernel {
  return new Kernel({
    now: spec.now,
    hostname: spec.hostname,
    namespace: spec.namespace,
    catalog: spec.catalog,
    limits: {
      ...UNLIMITED,
      ...spec.limits,
      memory: Math.min(UNLIMITED.memory, spec.limits?.memory ?? UNLIMITED.memory),
    },
    addresses: spec.addresses ?? [],
    random: seedNumber(spec.seed),
    init: spec.init ?? false,
  })
}
