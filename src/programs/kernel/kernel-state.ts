import type { Instant } from '../../core/instant.ts'
import type { Caller } from '../../storage/caller.ts'
import type { Namespace } from '../../storage/mount-namespace.ts'
import type { Catalog } from '../catalog.ts'
import type { Limits } from './limits.ts'
import type { Listener } from './listener.ts'
import type { FileOf } from './open-file.ts'
import type { Answer, Out } from './out.ts'
import type { Pipe } from './pipe.ts'
import type { Process } from './process.ts'
import { type Schedule, schedule } from './schedule.ts'
import type { Socket } from './socket.ts'
import type { Tty } from './tty.ts'

/** What a machine begins with. */
export interface KernelStart {
  readonly now: Instant
  readonly hostname: string
  readonly namespace: Namespace
  readonly catalog: Catalog
  readonly limits: Limits
  readonly addresses: readonly string[]
  readonly random: number
  readonly init: boolean
}

/** The state of a machine: plain data that `Machine.clone` copies. */
export class KernelState {
  now: Instant
  hostname: string
  readonly bootedAt: Instant
  readonly namespace: Namespace
  readonly catalog: Catalog
  readonly limits: Limits
  /** The machine's own addresses; the first one is what it connects from. */
  addresses: readonly string[]
  /** Other machines live in the same network stack: what nobody here listens at may be theirs. */
  shared = false
  /** The ports that they listen at: `80/tcp`. */
  taken: ReadonlySet<string> = new Set()
  readonly processes = new Map<number, Process>()
  nextPid = 1
  readonly schedule: Schedule = schedule()
  outbox: Out[] = []
  readonly listeners = new Map<string, Listener>()
  readonly sockets = new Map<string, Socket>()
  nextConnection = 1
  nextPort = 0
  readonly answers = new Map<number, Answer>()
  nextQuery = 1
  readonly ttys = new Map<string, Tty>()
  /** The writing ends of the standard inputs that the outside feeds. */
  readonly stdins = new Map<string, FileOf<'pipe-write'>>()
  /** Named pipes that somebody opened, by file system and inode. */
  readonly fifos = new Map<string, Pipe>()
  frozen = false
  /** A small init stands before the main process, which then is mortal as any other. */
  readonly init: boolean
  /** Sum of `memory` of the processes. */
  memory = 0
  /** Bytes by which files have grown. */
  written = 0
  /** CPU time of the processes that ended. */
  spentCpu = 0
  /** Steps made at this instant. */
  crowd = 0
  random: number

  constructor(start: KernelStart) {
    this.now = start.now
    this.bootedAt = start.now
    this.hostname = start.hostname
    this.namespace = start.namespace
    this.catalog = start.catalog
    this.limits = start.limits
    this.addresses = start.addresses
    this.random = start.random
    this.init = start.init
  }

  /** Nanoseconds since the epoch, for the file system. */
  get time(): bigint {
    return BigInt(this.now) * 1000n
  }

  /** Who calls the file system. */
  caller(process: Process): Caller {
    return { uid: process.uid, gid: process.gid, groups: process.groups, umask: process.umask, now: this.time }
  }
}
