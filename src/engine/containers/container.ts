import { type Duration, type Instant, ZERO_TIME } from '../../core/instant.ts'
import { Table } from '../../core/table.ts'
import type { Snapshot } from '../../storage/file-system.ts'
import type { Attachment } from '../networks/attachment.ts'
import type { MountPoint } from '../volumes/mount-point.ts'
import type { Config, HostConfig } from './config.ts'
import type { Health } from './health.ts'
import type { EarlyInput } from './input.ts'
import type { Log } from './log.ts'
import type { PartialLines } from './partial-line.ts'

/** moby daemon/container/state.go: the flags are not mutually exclusive, a paused or restarting container is also running. */
export interface Flags {
  readonly running: boolean
  readonly paused: boolean
  readonly restarting: boolean
  readonly removing: boolean
  readonly dead: boolean
  readonly oomKilled: boolean
  readonly pid: number
  readonly exitCode: number
  readonly error: string
  readonly startedAt: Instant
  readonly finishedAt: Instant
}

export const createdFlags: Flags = {
  running: false,
  paused: false,
  restarting: false,
  removing: false,
  dead: false,
  oomKilled: false,
  pid: 0,
  exitCode: 0,
  error: '',
  startedAt: ZERO_TIME,
  finishedAt: ZERO_TIME,
}

/** Most lists of most containers are empty: one for all. */
export const none: readonly never[] = []

/** `--link`: the container of this id answers to the alias. */
export interface Link {
  readonly id: string
  readonly alias: string
}

/** What shall happen once the container has stopped. */
export type Pending = { readonly verb: 'stop' | 'restart' } | { readonly verb: 'destroy'; readonly volumes: boolean }

export interface Container {
  readonly id: string
  /** Without the slash. */
  readonly name: string
  readonly created: Instant
  /** Position of its create event: of two containers of one instant the later one is newer. */
  readonly ordinal: number
  /** `sha256:…`; empty where it was created without an image. */
  readonly image: string
  /** The root file system before anything was made for this container: what `changes` compares with. */
  readonly base: Snapshot
  /** Entrypoint and Cmd as one command line. */
  readonly path: string
  readonly args: readonly string[]
  readonly platform: string
  /** The caller's config merged with the image's. */
  readonly config: Config
  readonly hostConfig: HostConfig
  /** What it is, or will be, connected to, in the order of their names; live endpoints stand in the networks slice. */
  readonly attachments: readonly Attachment[]
  readonly mounts: readonly MountPoint[]
  readonly flags: Flags
  /** Links to other containers, by alias. */
  readonly links: readonly Link[]
  /** What others that link to it call it: `web/db`. */
  readonly linkNames: readonly string[]
  /** How far a start has come at least once: inspect tells the paths of what is there. */
  readonly prepared: 'nothing' | 'files' | 'log'
  /** What callers wait for until the main process is gone. */
  readonly pending: readonly Pending[]
  /** Restarts by the policy since the last start by a caller. */
  readonly restartCount: number
  /** The back-off of the last restart by the policy; 0 before the first. */
  readonly restartDelay: Duration
  /** A caller has stopped or killed it: `unless-stopped` does not apply. */
  readonly manuallyStopped: boolean
  /** A caller has ended it: no restart policy applies until the next start. */
  readonly restartCancelled: boolean
  /** `undefined` where there is no check, or before the first start. */
  readonly health: Health | undefined
  /** Live exec instances. */
  readonly execs: readonly string[]
}

/** The containers' slice. Logs and file systems change far more often than the rest, so they stand beside it. */
export interface Containers {
  readonly byId: Table<Container>
  /** Name without its slash → id. */
  readonly names: Table<string>
  readonly logs: Table<Log>
  /** Beginnings of lines, by container id. */
  readonly partials: Table<PartialLines>
  /** What attached clients typed before the start, by container id. */
  readonly inputs: Table<EarlyInput>
  /** The root file systems of containers that have changed theirs, by id. */
  readonly roots: Table<Snapshot>
}

export const noContainers: Containers = {
  byId: Table.empty,
  names: Table.empty,
  logs: Table.empty,
  partials: Table.empty,
  inputs: Table.empty,
  roots: Table.empty,
}
